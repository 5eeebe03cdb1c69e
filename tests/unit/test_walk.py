"""Every address and every operation of the API, walked as each kind of visitor. Add a new one to the tables here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize
from pytest_django import Settings

from response.accounts.linking import account_of
from response.api.models import ApiToken
from response.api.urls import api as description
from response.core import actions
from response.core.models import Incident, Person
from response.plugins.testing import LoadPlugin
from response.slack.models import Delivery
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def slack_is_away(settings: Settings) -> None:
    """Have the doctor's page ask nobody outside."""
    settings.SLACK_API_URL = "http://127.0.0.1:9/api/"


SIGN_IN, REFUSED, IN = "is sent to sign in", "is refused", "gets in"
NO_TOKEN, UNSIGNED = "has no token", "is not Slack"

# What becomes of nobody, of a guest, of a member, of an operator.
Outcomes = tuple[str, str, str, str]
ANYBODY: Outcomes = (IN, IN, IN, IN)
MEMBERS: Outcomes = (SIGN_IN, REFUSED, IN, IN)
READERS: Outcomes = (SIGN_IN, REFUSED, IN, IN)  # without RESPONSE_LOGIN_REQUIRED anybody, to read
OPERATORS: Outcomes = (SIGN_IN, REFUSED, REFUSED, IN)
SLACK: Outcomes = (UNSIGNED, UNSIGNED, UNSIGNED, UNSIGNED)
TOKENS: Outcomes = (NO_TOKEN, REFUSED, IN, IN)

READ_BY_SETTING = {
    "",
    "live/",
    "incidents/",
    "incident/{incident_id}/",
    "incident/{incident_id}/live/",
    "incident/{incident_id}/incident.md",
    "incident/{incident_id}/incident.json",
    "people/",
    "people/{person_id}/",
}
PAGES = {
    "": READERS,
    "live/": READERS,
    "live/{signed}": ANYBODY,  # by an address that only a page is given; says whether something changed
    "incidents/": READERS,
    "incident/new/": MEMBERS,
    "incident/{incident_id}/": READERS,
    "incident/{incident_id}/live/": READERS,
    "incident/{incident_id}/incident.md": READERS,
    "incident/{incident_id}/incident.json": READERS,
    "schemas/incident-1.schema.json": ANYBODY,
    "incident/{incident_id}/edit/{what}/": MEMBERS,
    "incident/{incident_id}/close/": MEMBERS,
    "incident/{incident_id}/reopen/": MEMBERS,
    "incident/{incident_id}/channel/": MEMBERS,
    "incident/{incident_id}/timeline/": MEMBERS,
    "incident/{incident_id}/timeline/{entry_id}/": MEMBERS,
    "incident/{incident_id}/timeline/{entry_id}/{what}/": MEMBERS,
    "people/": READERS,
    "people/{person_id}/": READERS,
    "incident/{incident_id}/actions/": MEMBERS,
    "incident/{incident_id}/actions/{action_id}/": MEMBERS,
    "incident/{incident_id}/actions/{action_id}/{what}/": MEMBERS,
    "accounts/login/": ANYBODY,
    "accounts/logout/": ANYBODY,
    "accounts/password/": MEMBERS,
    "accounts/welcome/{uidb64}/{token}/": ANYBODY,
    "accounts/demo/{person_id}/": ANYBODY,
    "accounts/with/{provider_id}/": ANYBODY,
    "accounts/with/{provider_id}/callback/": ANYBODY,
    "operations/": OPERATORS,
    "operations/doctor/": OPERATORS,
    "operations/deliveries/again/": OPERATORS,
    "operations/deliveries/{delivery_id}/{press}/": OPERATORS,
    "admin/…": OPERATORS,
    "api/docs": OPERATORS,
    "api/openapi.json": OPERATORS,
    "api/": ANYBODY,  # a 404 that says where the description is
    "slack/event": SLACK,
    "slack/slash_command": SLACK,
    "slack/action": SLACK,
}
# What `what` is, where it is not "done".
WHAT = {
    "incident/{incident_id}/edit/{what}/": "summary",
    "incident/{incident_id}/timeline/{entry_id}/{what}/": "hide",
}
OPERATIONS = {
    "GET /api/incidents": TOKENS,
    "POST /api/incidents": TOKENS,
    "GET /api/incidents/{incident_id}": TOKENS,
    "PATCH /api/incidents/{incident_id}": TOKENS,
    "POST /api/incidents/{incident_id}/close": TOKENS,
    "POST /api/incidents/{incident_id}/reopen": TOKENS,
    "GET /api/incidents/{incident_id}/actions": TOKENS,
    "POST /api/incidents/{incident_id}/actions": TOKENS,
    "GET /api/incidents/{incident_id}/timeline": TOKENS,
    "POST /api/incidents/{incident_id}/timeline": TOKENS,
    "PATCH /api/incidents/{incident_id}/timeline/{entry_id}": TOKENS,
    "GET /api/actions": TOKENS,
    "GET /api/actions/{action_id}": TOKENS,
    "PATCH /api/actions/{action_id}": TOKENS,
    "POST /api/actions/{action_id}/done": TOKENS,
    "GET /api/people": TOKENS,
    "GET /api/people/me": TOKENS,
    "GET /api/people/{person_id}": TOKENS,
}


@dataclass(frozen=True)
class Address:
    """One pattern of the addresses: as the tables name it, and with the names of what it asks for."""

    name: str
    template: str

    def path(self, **ids: object) -> str:
        ids = {**ids, "what": WHAT.get(self.template, "done")}
        return "/" + self.template.format(**{name: ids.get(name, "x") for name in self.asked})

    @property
    def asked(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.template)


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[Address]:
    """Every pattern that there is, with what it is included under."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        ((part, _), *_) = normalize(each.pattern.regex.pattern)
        template = before + re.sub(r"%\((\w+)\)s", r"{\1}", part)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, template)
        else:
            yield Address("admin/…" if template.startswith("admin/") else template, template)


WALKED = [each for each in addresses() if not each.template.startswith("api/") or each.template in PAGES]
each_page = pytest.mark.parametrize("page", sorted({address.name for address in WALKED}), ids=lambda page: page or "/")
each_operation = pytest.mark.parametrize("operation", OPERATIONS)


def requests_for(page: str) -> Iterator[tuple[Address, str]]:
    """What can be asked of the addresses that the table names so; what signs people out comes last."""
    named = sorted((each for each in WALKED if each.name == page), key=lambda each: "logout" in each.template)
    return ((address, method) for address in named for method in ("get", "post"))


@dataclass(frozen=True)
class Visitors:
    """One of each kind, in a browser and with a token, and something to look at."""

    browsers: list[Client]
    tokens: list[Client]
    ids: dict[str, object]


@pytest.fixture
def visitors(rae: Person, lee: Person, incident: Incident) -> Visitors:
    guest = Person.objects.create(external_id="UOZ", full_name="Oz Outsider", is_outside=True)
    boss = Person.objects.create(external_id="UMO", full_name="Mo Operator")
    browsers = [Client(raise_request_exception=False), signed_in(guest), signed_in(lee)]
    browsers += [signed_in(boss, is_operator=True)]
    headers = [{}, *({"Authorization": f"Bearer {ApiToken.objects.issue('x', who)[1]}"} for who in (guest, lee, boss))]
    tokens = [Client(headers=each, raise_request_exception=False) for each in headers]
    ids = {
        "incident_id": incident.pk,
        "action_id": actions.add_action(incident, "Tell support", by=lee).pk,
        "entry_id": actions.add_to_timeline(incident, "A note", by=lee).pk,
        "person_id": lee.pk,
        "object_id": incident.pk,
        "delivery_id": Delivery.objects.create(kind="post", lane="x", state="refused", incident=incident).pk,
        "press": "again",
        "provider_id": "slack",
    }
    return Visitors(browsers, tokens, ids)


def outcome(answer: HttpResponse) -> str:
    """What became of somebody, by the answer."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/?next="):
        return SIGN_IN
    if answer.status_code == 401:
        return NO_TOKEN if "WWW-Authenticate" in answer.headers else UNSIGNED
    return {403: REFUSED}.get(answer.status_code, IN)


def words(answer: HttpResponse) -> tuple[int, str]:
    """An answer without what is new in each."""
    token = r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"\w+"'
    return answer.status_code, re.sub(token, "", answer.content.decode())


# -- the tables are complete


def test_every_address_is_in_the_table() -> None:
    assert {address.name for address in WALKED} == set(PAGES)


def test_every_operation_is_in_the_table() -> None:
    paths = description.get_openapi_schema(path_prefix="/api/")["paths"]
    assert {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods} == set(OPERATIONS)
    routes = {each.template.rstrip("/") for each in addresses() if each.template.startswith("api/")}
    assert {f"/{route}" for route in routes} == set(paths) | {"/api", "/api/docs", "/api/openapi.json"}


# -- and they are true


@each_page
def test_pages_open_to_whom_the_table_says(visitors: Visitors, page: str) -> None:
    for address, method in requests_for(page):
        found = tuple(outcome(getattr(each, method)(address.path(**visitors.ids))) for each in visitors.browsers)
        expected = ANYBODY if (PAGES[page], method) == (SLACK, "get") else PAGES[page]  # a 405
        if page == "admin/…" and found[-1] == REFUSED:
            expected = (*expected[:-1], REFUSED)  # what nobody may do, such as deleting
        assert found == expected, (method, address.template)


@each_operation
def test_operations_open_to_whom_the_table_says(visitors: Visitors, operation: str) -> None:
    method, _, template = operation.partition(" ")
    path = template.format(**visitors.ids)
    callers = [(each, getattr(each, method.lower())) for each in visitors.tokens]
    assert tuple(outcome(call(path, content_type="application/json")) for _, call in callers) == OPERATIONS[operation]
    by_session = [outcome(getattr(each, method.lower())(path)) for each in visitors.browsers]
    assert by_session == [NO_TOKEN] * 4, "a page cannot be made to use the API on somebody's behalf"


@each_page
def test_those_who_are_refused_do_not_learn_what_there_is(visitors: Visitors, page: str) -> None:
    nowhere = {**visitors.ids, **dict.fromkeys(("incident_id", "action_id", "entry_id", "person_id", "object_id"), 999)}
    for address, method in requests_for(page):
        paths = address.path(**visitors.ids), address.path(**nowhere)
        for browser, expected in zip(visitors.browsers[:3], PAGES[page], strict=False):
            if expected in {SIGN_IN, REFUSED}:
                there, elsewhere = (getattr(browser, method)(path) for path in paths)
                assert words(there) == words(elsewhere)
                assert there.headers.get("Location", "").replace(*paths) == elsewhere.headers.get("Location", "")


@each_page
def test_a_setting_opens_pages_for_reading_alone(visitors: Visitors, page: str) -> None:
    for address, method in requests_for(page):
        is_opened = page in READ_BY_SETTING and method == "get"
        with override_settings(RESPONSE_LOGIN_REQUIRED=False):
            nobody, guest = (getattr(each, method)(address.path(**visitors.ids)) for each in visitors.browsers[:2])
        if PAGES[page] not in (ANYBODY, SLACK):
            assert (outcome(nobody), outcome(guest)) == ((IN, IN) if is_opened else (SIGN_IN, REFUSED))
            assert 'method="post"' not in nobody.content.decode()


@each_operation
def test_the_setting_opens_nothing_of_the_api(visitors: Visitors, operation: str) -> None:
    method, _, template = operation.partition(" ")
    with override_settings(RESPONSE_LOGIN_REQUIRED=False):
        path = template.format(**visitors.ids)
        found = [outcome(getattr(each, method.lower())(path)) for each in visitors.tokens[:2]]
    assert found == [NO_TOKEN, REFUSED]


# -- what is asked of plugins


PLUGIN = """
    from django.http import HttpResponse
    from django.urls import path
    from response.plugins.pages import for_anybody, for_operators, for_readers

    def page(request): return HttpResponse(str(request.visitor.person))

    urlpatterns = [
        path("members/", page),
        path("readers/", for_readers(lambda request: page(request))),
        path("anybody/", for_anybody(lambda request: page(request))),
        path("operators/", for_operators(lambda request: page(request))),
    ]
"""


def test_a_plugins_pages_are_for_members_unless_they_say_otherwise(visitors: Visitors, plugin: LoadPlugin) -> None:
    plugin(PLUGIN)
    expected = {"members": MEMBERS, "readers": READERS, "anybody": ANYBODY, "operators": OPERATORS}
    for page, outcomes in expected.items():
        answers = [each.get(f"/plugins/plugin_1/{page}/") for each in visitors.browsers]
        assert tuple(map(outcome, answers)) == outcomes
        assert answers[3].content == b"Mo Operator"


# -- whatever is sent along


def test_a_forms_sender_comes_back_to_the_page_they_were_on(incident: Incident) -> None:
    nobody = Client()
    press = f"/incident/{incident.pk}/actions/"
    for referer, back in {
        f"http://testserver/incident/{incident.pk}/?show=everything": f"/incident/{incident.pk}/",
        "https://evil.example/incident/1/": "/",
        "": "/",
    }.items():
        answer = nobody.post(press, headers={"Referer": referer})
        assert answer.headers["Location"] == f"/accounts/login/?next={back}"


def test_htmx_is_told_and_not_sent_on(incident: Incident) -> None:
    htmx = Client(headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver/incident/{incident.pk}/"})
    looked, pressed = htmx.get("/"), htmx.post(f"/incident/{incident.pk}/actions/")
    assert (looked.status_code, "HX-Redirect" in looked.headers) == (401, False)
    assert pressed.headers["HX-Redirect"] == f"/accounts/login/?next=/incident/{incident.pk}/"


def test_an_account_that_was_switched_off_is_nobodys(lee: Person) -> None:
    browser = signed_in(lee)
    assert browser.get("/").status_code == 200
    account = account_of(lee)
    account.is_active = False
    account.save()
    assert outcome(browser.get("/")) == SIGN_IN


def test_every_page_says_what_browsers_may_do(visitors: Visitors) -> None:
    for path in ("/", "/accounts/login/", "/admin/", "/api/docs", "/nowhere/", "/api/incidents"):
        for browser in visitors.browsers:
            headers = browser.get(path).headers
            assert "default-src 'self'" in headers["Content-Security-Policy"]
            assert not re.search(r"unsafe|\*|http", headers["Content-Security-Policy"])
            assert "camera=()" in headers["Permissions-Policy"]
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
