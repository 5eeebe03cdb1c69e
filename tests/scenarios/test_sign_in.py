"""Signing in, over real HTTP: with Slack, with another provider, with a password, in a demo."""

import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import reverse

from response.accounts.membership import OTHER_DOMAIN, OUTSIDE
from response.accounts.social import NOT_REACHED
from response.core.models import Incident, Person
from response.project.sign_in import app as provider
from response.slack.manifest import SIGN_IN_PATH
from slack_sandbox.testing import Actor
from tests.scenarios.conftest import Company

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]


class Browser:
    """A window without scripts."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.http = httpx.Client(base_url=company.url, follow_redirects=True)

    def opens(self, path: str, **query: str) -> httpx.Response:
        return self.http.get(path, params=query or None)

    def sends(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of ours, with the token that a form has."""
        token = TOKEN.search(self.opens("/accounts/login/").text) or TOKEN.search(self.opens("/").text)
        assert token
        return self.http.post(path, data={"csrfmiddlewaretoken": token[1], **fields})

    def signs_in_with(self, provider_id: str, who: Actor | None, **query: str) -> httpx.Response:
        """Go to Slack, say who one is (None: nobody), and come back."""
        asked = self.opens(f"/accounts/with/{provider_id}/", **query)
        assert asked.url.path == "/openid/connect/authorize", asked.text
        answer = self.http.post(str(asked.url), data={"user": who.id if who else ""}, follow_redirects=False)
        return self.opens(answer.headers["Location"])

    def is_signed_in(self) -> bool:
        return self.opens("/").url.path == "/"


@pytest.fixture
def browser(company: Company) -> Iterator[Browser]:
    browser = Browser(company)
    yield browser
    browser.http.close()


# -- with Slack


def test_a_member_signs_in_with_slack_and_is_where_they_wanted_to_be(
    browser: Browser, company: Company, incident: Incident
) -> None:
    document = f"/incident/{incident.pk}/"
    sent_away = browser.opens(document)
    assert (sent_away.url.path, parse_qs(sent_away.url.query.decode())) == ("/accounts/login/", {"next": [document]})
    assert f"/accounts/with/slack/?next={document}" in sent_away.text
    page = browser.signs_in_with("slack", company.lee, next=document)
    assert (page.status_code, page.url.path) == (200, document)
    assert "Lee Leader" in page.text
    lee = Person.objects.get(external_id=company.lee.id)
    assert lee.owner
    assert not lee.owner.has_usable_password()
    Browser(company).signs_in_with("slack", company.lee)
    assert User.objects.count() == 1


def test_signing_in_changes_the_session(browser: Browser, company: Company) -> None:
    browser.opens("/accounts/with/slack/")
    before = browser.http.cookies["sessionid"]
    browser.signs_in_with("slack", company.lee)
    assert browser.http.cookies["sessionid"] != before


@pytest.mark.parametrize(
    "what",
    [{}, {"is_restricted": False, "team_id": "T0PARTNER1"}, {"is_restricted": False, "deleted": True}],
    ids=["guest", "partner", "left"],
)
def test_nobody_from_outside_signs_in_with_slack(browser: Browser, company: Company, what: dict[str, object]) -> None:
    asked = browser.opens("/accounts/with/slack/")
    company.sandbox.person("oz", **{name: value for name, value in what.items() if name != "deleted"})
    answer = browser.http.post(str(asked.url), data={"user": company.oz.id}, follow_redirects=False)
    company.sandbox.person("oz", **what)
    page = browser.opens(answer.headers["Location"])
    expected = NOT_REACHED if "deleted" in what else OUTSIDE  # Slack itself lets nobody in who has left
    assert expected in page.text
    assert not browser.is_signed_in()
    assert not User.objects.exists()


def test_slack_of_another_workspace_does_not_count(browser: Browser, company: Company) -> None:
    """Its word is about an id of ours: somebody elsewhere may have that id too."""
    browser.signs_in_with("slack", company.bo)
    company.sandbox.person("lee", team_id="T0OTHER001")
    asked = Browser(company)
    page = asked.signs_in_with("slack", company.lee)
    assert page.status_code == 403
    assert not asked.is_signed_in()


def test_a_person_whose_account_an_operator_chose_signs_in_to_that_one(browser: Browser, company: Company) -> None:
    company.declare(Lead=company.lee.id)
    operator = User.objects.create_superuser("lee")
    Person.objects.filter(external_id=company.lee.id).update(owner=operator)
    browser.signs_in_with("slack", company.lee)
    assert browser.opens("/admin/").status_code == 200
    assert User.objects.count() == 1


def test_saying_no_to_slack_is_no_failure(browser: Browser) -> None:
    page = browser.signs_in_with("slack", None)
    assert (page.status_code, page.url.path) == (200, "/accounts/login/")
    assert "You did not sign in." in page.text


@pytest.mark.parametrize("broken", ["openid.connect.token", "openid.connect.userInfo", "users.info"])
def test_trouble_at_slack_is_said_in_a_sentence(browser: Browser, company: Company, broken: str) -> None:
    asked = browser.opens("/accounts/with/slack/")
    company.sandbox.fault("error", broken, status=500)
    answer = browser.http.post(str(asked.url), data={"user": company.lee.id}, follow_redirects=False)
    page = browser.opens(answer.headers["Location"])
    assert (page.status_code, NOT_REACHED in page.text) == (502, True)
    assert not browser.is_signed_in()


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"code": "x", "state": "x"}, {"error": "x", "state": "x"}])
def test_coming_back_without_having_gone_is_said_in_a_sentence(browser: Browser, query: dict[str, str]) -> None:
    page = browser.opens(SIGN_IN_PATH, **query)
    assert (page.status_code, NOT_REACHED in page.text) == (502, True)


def test_a_code_of_somebody_elses_window_signs_nobody_in(browser: Browser, company: Company) -> None:
    other = Browser(company)
    asked = other.opens("/accounts/with/slack/")
    answer = other.http.post(str(asked.url), data={"user": company.lee.id}, follow_redirects=False)
    assert browser.opens(answer.headers["Location"]).status_code == 502
    assert not browser.is_signed_in()


def test_slack_sends_people_back_to_our_own_address_alone(browser: Browser, company: Company) -> None:
    asked = browser.http.get("/accounts/with/slack/", headers={"Host": "localhost"}, follow_redirects=False)
    query = parse_qs(urlsplit(asked.headers["Location"]).query)
    assert query["redirect_uri"] == [company.url + SIGN_IN_PATH]
    assert query["code_challenge_method"] == ["S256"]
    assert reverse("openid_connect_callback", args=["slack"]) == SIGN_IN_PATH


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_on_to_another_host(browser: Browser, company: Company, elsewhere: str) -> None:
    page = browser.signs_in_with("slack", company.lee, next=elsewhere)
    assert (page.url.host, page.url.path) == (urlsplit(company.url).hostname, "/")


def test_no_more_is_asked_of_slack_than_we_ask_for(browser: Browser) -> None:
    asked = browser.http.get(
        "/accounts/with/slack/?scope=admin&auth_params=prompt%3Dnone&process=connect", follow_redirects=False
    )
    query = parse_qs(urlsplit(asked.headers["Location"]).query)
    assert set(query["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in query


def test_somebody_who_becomes_a_guest_sees_nothing_any_more(
    browser: Browser, company: Company, incident: Incident
) -> None:
    browser.signs_in_with("slack", company.lee)
    assert browser.opens(f"/incident/{incident.pk}/").status_code == 200
    company.sandbox.person("lee", is_restricted=True)
    company.workspace.wait_for(lambda: Person.objects.filter(external_id=company.lee.id, is_outside=True).exists())
    there, nowhere = browser.opens(f"/incident/{incident.pk}/"), browser.opens("/incident/999/")
    assert (there.status_code, nowhere.status_code) == (403, 403)
    assert TOKENS.sub("", there.text) == TOKENS.sub("", nowhere.text)
    assert "Payments" not in there.text


# -- with another provider


@pytest.fixture
def oidc(company: Company) -> Iterator[None]:
    """Another provider, which the sandbox plays too."""
    client = company.sandbox.app("Company login", redirect_urls=[f"{company.url}/accounts/with/oidc/callback/"])
    app = provider("oidc", "Acme", client["client_id"], client["client_secret"], server_url=company.sandbox.url)
    own = {"provider_class": "response.accounts.openid.Provider", "OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": own}):
        yield


def test_another_providers_people_sign_in(browser: Browser, company: Company, oidc: None) -> None:
    assert "Sign in with Acme" in browser.opens("/accounts/login/").text
    page = browser.signs_in_with("oidc", company.lee)
    assert (page.status_code, page.url.path) == (200, "/")
    account = User.objects.get()
    assert account.email == "lee@example.org"
    assert Person.objects.get(owner=account).app_id == "web"
    Browser(company).signs_in_with("oidc", company.lee)
    assert User.objects.count() == 1


def test_nobody_chooses_the_name_of_their_account(browser: Browser, company: Company, oidc: None) -> None:
    """A name that is free could be the one that an operator gives somebody next."""
    browser.signs_in_with("oidc", company.lee)
    assert re.fullmatch(r"oidc-ULEE-[0-9a-f]{12}", User.objects.get().username)
    for name in ("slack-UBO", "oidc-x"):
        with pytest.raises(CommandError, match="sign in elsewhere"):
            invite(name)


def test_a_provider_is_asked_for_its_addresses_once_an_hour(browser: Browser, company: Company) -> None:
    with override_settings(SLACK_API_URL="http://127.0.0.1:9/api/"):
        page = browser.opens("/accounts/with/slack/")
        assert (page.status_code, NOT_REACHED in page.text) == (502, True)
        known = {"authorization_endpoint": f"{company.sandbox.url}/openid/connect/authorize", "token_endpoint": "x"}
        cache.set("openid-configuration:http://127.0.0.1:9/.well-known/openid-configuration", known)
        assert browser.opens("/accounts/with/slack/").url.path == "/openid/connect/authorize"


def test_an_address_alone_makes_nobody_somebody(browser: Browser, company: Company, oidc: None) -> None:
    User.objects.create_superuser("lee", email="lee@example.org")
    company.declare(Lead=company.lee.id)
    browser.signs_in_with("oidc", company.lee)
    assert User.objects.count() == 2
    assert browser.opens("/admin/").status_code == 403
    assert Person.objects.get(external_id=company.lee.id).owner is None


def test_a_domain_that_is_not_ours_is_not_let_in(browser: Browser, company: Company, oidc: None) -> None:
    with override_settings(OIDC_DOMAINS=["example.com"]):
        page = browser.signs_in_with("oidc", company.lee)
    assert (page.status_code, OTHER_DOMAIN in page.text) == (403, True)
    with override_settings(OIDC_DOMAINS=["example.com", "example.org"]):
        assert browser.signs_in_with("oidc", company.lee).status_code == 200
    nameless = company.workspace.person("Nameless", id="UNAMELESS")
    with override_settings(OIDC_DOMAINS=["example.org"]):
        assert Browser(company).signs_in_with("oidc", nameless).status_code == 403


def test_there_is_no_provider_that_is_not_set_up(browser: Browser) -> None:
    for path in ("/accounts/with/google/", "/accounts/with/google/callback/"):
        assert browser.opens(path).status_code == 404


# -- with a password


def invite(name: str, **options: object) -> str:
    """Make an account, and return the path of its link."""
    out = io.StringIO()
    call_command("add_account", name, stdout=out, stderr=io.StringIO(), **options)
    return urlsplit(out.getvalue().strip()).path


def chooses(browser: Browser, path: str, password: str) -> httpx.Response:
    """Follow the link, and choose a password."""
    page = browser.opens(path)
    token = TOKEN.search(page.text)
    assert token, page.text
    fields = {"csrfmiddlewaretoken": token[1], "new_password1": password, "new_password2": password}
    return browser.http.post(page.url, data=fields)


def test_an_account_is_made_by_an_operator_and_opened_once(browser: Browser, company: Company) -> None:
    path = invite("mo", full_name="Mo Night")
    assert "too short" in chooses(browser, path, "short").text
    page = chooses(browser, path, "a long night shift")
    assert (page.status_code, page.url.path, "Mo Night" in page.text) == (200, "/", True)
    assert "This link is used up" in Browser(company).opens(path).text
    browser.sends("/accounts/logout/")
    assert not browser.is_signed_in()
    page = browser.sends("/accounts/login/", login="mo", password="a long night shift", next="/?status=open")
    assert str(page.url).endswith("/?status=open")
    assert Person.objects.get(full_name="Mo Night").app_id == "web"
    assert browser.opens("/admin/").status_code == 403


def test_an_account_may_be_a_persons_and_an_operators(browser: Browser, company: Company) -> None:
    company.declare(Lead=company.lee.id)
    chooses(browser, invite("lee", operator=True, person=company.lee.id), "a long night shift")
    assert "Lee Leader" in browser.opens("/").text
    assert browser.opens("/admin/").status_code == 200
    with pytest.raises(CommandError, match="signs in as lee already"):
        invite("other", person=company.lee.id)
    with pytest.raises(CommandError, match="Enter a valid username"):
        invite("<b>")
    assert not User.objects.filter(username="other").exists()


def test_the_password_is_changed_by_who_knows_it(browser: Browser, company: Company) -> None:
    chooses(browser, invite("mo"), "a long night shift")
    wrong = browser.sends(
        "/accounts/password/", old_password="x", new_password1="another night", new_password2="another night"
    )
    assert "entered incorrectly" in wrong.text
    right = {"old_password": "a long night shift", "new_password1": "another night", "new_password2": "another night"}
    assert "Your password is changed." in browser.sends("/accounts/password/", **right).text
    assert browser.is_signed_in()
    other = Browser(company)
    assert other.sends("/accounts/login/", login="mo", password="another night").url.path == "/"
    slack = Browser(company)
    slack.signs_in_with("slack", company.lee)
    assert "You have no password here" in slack.opens("/accounts/password/").text


def test_guessing_is_slowed_down_for_all_processes_together(browser: Browser, company: Company) -> None:
    account = User.objects.create_user("mo", password="a long night shift")
    for _ in range(5):
        page = browser.sends("/accounts/login/", login="mo", password="wrong")
        assert "not correct" in page.text
        assert 'value="mo"' in page.text
        assert "wrong" not in page.text
    for password in ("wrong", "a long night shift"):
        assert "Too many tries" in Browser(company).sends("/accounts/login/", login="mo", password=password).text
    account.refresh_from_db()
    assert account.last_login is None


def test_an_account_that_is_switched_off_is_not_let_in(browser: Browser) -> None:
    User.objects.create_user("mo", password="a long night shift", is_active=False)
    page = browser.sends("/accounts/login/", login="mo", password="a long night shift")
    assert (page.status_code, "has been switched off" in page.text) == (403, True)
    assert not browser.is_signed_in()


def test_signing_out_takes_a_press(browser: Browser, company: Company) -> None:
    browser.signs_in_with("slack", company.lee)
    assert browser.opens("/accounts/logout/").status_code == 405
    assert browser.is_signed_in()
    browser.sends("/accounts/logout/")
    assert not browser.is_signed_in()


def test_a_form_without_its_token_is_not_taken(browser: Browser, company: Company) -> None:
    browser.signs_in_with("slack", company.lee)
    page = browser.http.post("/accounts/logout/")
    assert (page.status_code, "That was not taken" in page.text) == (403, True)
    assert browser.is_signed_in()


# -- in a demo


def test_in_a_demo_one_is_anybody_with_a_press(browser: Browser, company: Company, incident: Incident) -> None:
    with override_settings(DEMO_SIGN_IN=True):
        page = browser.opens("/accounts/login/", next=f"/incident/{incident.pk}/")
        assert "<button>Rae Reporter</button>" in page.text
        rae = Person.objects.get(external_id=company.rae.id)
        page = browser.sends(f"/accounts/demo/{rae.pk}/", next=f"/incident/{incident.pk}/")
        assert (page.status_code, page.url.path) == (200, f"/incident/{incident.pk}/")
        assert browser.sends(f"/accounts/demo/{rae.pk}/", next="//evil.example/").url.path == "/"
        assert browser.sends("/accounts/demo/999/").status_code == 404


def test_outside_of_a_demo_one_is_not(browser: Browser, company: Company, incident: Incident) -> None:
    assert "This is a demo" not in browser.opens("/accounts/login/").text
    rae = Person.objects.get(external_id=company.rae.id)
    assert browser.sends(f"/accounts/demo/{rae.pk}/").status_code == 404
    assert not browser.is_signed_in()
