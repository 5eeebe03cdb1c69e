"""The admin: everything can be looked into, what may be changed leaves its trace, and nothing is deleted."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from response.api.models import ApiToken
from response.core import actions, clock, people, signals
from response.core.errors import UserError
from response.core.models import Action, Incident, Person, Proposal, Pulse, TimelineEvent
from response.operations.models import Tally
from response.reminders.models import Reminder
from response.search.models import SearchDocument
from response.slack.models import (
    CommsChannel,
    Delivery,
    Gate,
    Handling,
    HeadlinePost,
    Heard,
    HookCall,
    InboundRequest,
    PinnedMessage,
    SlackChannel,
    UserStats,
)

pytestmark = pytest.mark.django_db

MODELS = sorted(apps.get_app_config("response").get_models(), key=lambda model: model.__name__)
CHANGED = {Incident, Action, TimelineEvent, Person}
ADDED = {Incident, Action, TimelineEvent, ApiToken}
LOOKED_INTO = [model for model in MODELS if model not in CHANGED]
SAID = "My password is hunter2"


def some_of_everything(count: int) -> None:
    """Rows of every table, each about an incident, people and a channel of its own."""
    for _ in range(count):
        number = Person.objects.count() + 1
        person = Person.objects.create(external_id=f"U{number}", display_name=f"person{number}")
        incident = actions.declare(f"Payments <@U{number}> & <b>{number}</b>", by=person, lead=person, severity="2")
        SlackChannel.objects.create(channel_id=f"C{number}", name=f"inc-{number}")
        CommsChannel.objects.create(incident=incident, channel_id=f"C{number}", channel_name=f"inc-{number}")
        note = actions.add_to_timeline(incident, f"<@U{number}> looks at it", by=person)
        actions.add_action(incident, "Tell support", by=person, owner=person)
        UserStats.objects.create(incident=incident, user=person)
        PinnedMessage.objects.create(
            incident=incident,
            author=person,
            message_ts="1.2",
            text="Pinned",
            timestamp=clock.now(),
            timeline_event=note,
        )
        Proposal.objects.create(incident=incident, field="summary", text="A text", by=person)
        Reminder.objects.create(incident=incident, key=f"plugin.f{number}", due_at=clock.now(), stopped_by=person)
        inbound(number)
        HookCall.objects.create(handler="plugin.hook", incident=incident, person=person)
        Gate.objects.create(name=f"channel:C{number}", opens_at=clock.now())
        Heard.objects.create(subject=f"name:C{number}", ts="1.1")
        Pulse.objects.create(incident=incident, version=number)
        SearchDocument.objects.create(incident=incident, words="payments")
        Tally.objects.create(sample=f"response_{number}_{incident.pk}", labels="[]", value=number)
        ApiToken.objects.issue("alerts", person)
    assert {model.__name__ for model in MODELS if not model.objects.exists()} == set()


def inbound(number: int) -> InboundRequest:
    event = {"type": "message", "text": SAID, "channel": "C1"}
    payload = {"token": "verification", "event": event, "response_url": "https://hooks.slack.com/x"}
    request = InboundRequest.objects.create(key=f"event:{number}", kind="event", lane="C1", payload=payload)
    Handling.objects.create(request=request, handler="command", error="see the log", reference=f"ref{number}")
    return request


@pytest.fixture
def boss(db: None) -> Client:
    """A superuser, who is Ada."""
    user = User.objects.create_superuser("ada", first_name="Ada", last_name="Admin")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def somebody(*permissions: str) -> Client:
    """A member of staff who may only do this."""
    user = User.objects.create_user("sam", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def address(what: type[Model] | Model, page: str = "changelist") -> str:
    named = f"admin:response_{what._meta.model_name}_{page}"
    return reverse(named, args=[what.pk] if isinstance(what, Model) else [])


def filled_in(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends for the form of a page, after somebody has changed some fields of it."""
    form = page.context["adminform"].form
    sent: dict[str, Any] = {}
    for field in form:
        sent |= values_of(field, field.value(), field.html_name) | values_of(
            field, field.value(), f"initial-{field.name}"
        )
    return sent | changes


def values_of(field: BoundField, value: Any, name: str) -> dict[str, Any]:
    if isinstance(value, datetime):
        return {f"{name}_0": f"{value:%Y-%m-%d}", f"{name}_1": f"{value:%H:%M:%S}"}
    if value is None or value is False:
        return {} if value is False and not name.startswith("initial") else {name: "" if value is None else "False"}
    return {name: str(value)}


def save(client: Client, row: Model, **changes: Any) -> HttpResponse:
    """Open a row's page, change something and press Save."""
    return client.post(address(row, "change"), filled_in(client.get(address(row, "change")), **changes))


def mistakes(answer: Any) -> str:
    """What the form complains about."""
    assert answer.status_code == 200, answer
    return unescape(" ".join(re.findall(r'<ul class="errorlist.*?</ul>', answer.content.decode(), re.DOTALL)))


def last_entry(incident: Incident) -> tuple[str, str, str]:
    entry = incident.events.latest("pk")
    return entry.text, str(entry.author), entry.via


# -- looking


def test_every_table_is_there() -> None:
    import_module(settings.ROOT_URLCONF)  # which finds the admin
    assert {model for model in admin.site._registry if model._meta.app_label == "response"} == set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_every_list_search_and_page_opens(boss: Client, model: type[Model]) -> None:
    some_of_everything(2)
    row = model.objects.first()
    assert row is not None
    for page in (address(model), f"{address(model)}?q=1", address(row, "change"), address(row, "history")):
        answer = boss.get(page)
        assert answer.status_code == 200, page
        assert SAID not in answer.content.decode() or (model is InboundRequest and page.endswith("change/"))
        assert "<b>1</b>" not in answer.content.decode()
    assert boss.get(address(model, "add")).status_code == (200 if model in ADDED else 403)


@pytest.mark.parametrize("model", MODELS)
def test_a_list_can_be_narrowed_by_everything_it_offers(boss: Client, model: type[Model]) -> None:
    some_of_everything(1)
    page = boss.get(address(model)).content.decode()
    offered = set(re.findall(r'href="(\?[^"]+)"', page))
    for query in offered:
        assert boss.get(address(model) + unescape(query)).status_code == 200, query


def test_lists_cost_a_constant_number_of_queries(boss: Client) -> None:
    some_of_everything(10)
    boss.get(address(Incident))  # the first visit writes down who the account stands for
    few = {model.__name__: queries(lambda model=model: boss.get(address(model))) for model in MODELS}
    some_of_everything(40)
    many = {model.__name__: queries(lambda model=model: boss.get(address(model))) for model in MODELS}
    assert all(model.objects.count() >= 50 for model in MODELS)
    assert many == few
    assert max(few.values()) <= 12


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize("model", MODELS)
def test_a_member_of_staff_without_permissions_sees_nothing(model: type[Model]) -> None:
    some_of_everything(1)
    row, nobody = model.objects.first(), somebody()
    assert row is not None
    for page in (address(model), address(model, "add"), address(row, "change"), address(row, "delete")):
        assert nobody.get(page).status_code == 403
    assert "/admin/response/" not in nobody.get(reverse("admin:index")).content.decode()


def test_the_start_page_begins_with_what_is_looked_for(boss: Client) -> None:
    some_of_everything(1)
    page = boss.get(reverse("admin:index")).content.decode()
    assert page.index("/admin/response/incident/add/") < page.index("/admin/auth/user/")
    links = re.findall(r'href="([^"]+\?[^"]+)"', page)
    assert len(links) == 4
    for link in links:
        assert boss.get(link).status_code == 200


def test_whoever_is_not_signed_in_is_asked_to(db: None) -> None:
    assert Client().get(address(Incident)).headers["Location"].startswith(resolve_url(settings.LOGIN_URL))


def test_people_and_links_in_texts_are_shown_as_they_are_called(boss: Client, rae: Person) -> None:
    actions.declare("<@URAE> says: <https://example.org|the shop> is &lt;down&gt;", by=rae)
    assert "@rae says: the shop is &lt;down&gt;" in boss.get(address(Incident)).content.decode()


def test_a_severity_that_is_no_longer_known_is_shown_and_can_stay(boss: Client, incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(severity="SEV-0")
    assert "SEV-0" in boss.get(address(Incident)).content.decode()
    assert "SEV-0" in boss.get(f"{address(Incident)}?how_bad=unknown").content.decode()
    assert save(boss, incident, summary="Still open").status_code == 302
    incident.refresh_from_db()
    assert (incident.severity, incident.summary) == ("SEV-0", "Still open")


def test_what_people_said_in_slack_is_for_superusers_alone(boss: Client) -> None:
    request = inbound(1)
    shown = unescape(boss.get(address(request, "change")).content.decode())
    assert SAID in shown
    assert "verification" not in shown
    assert "hooks.slack.com" not in shown
    sam = somebody("view_inboundrequest", "view_handling")
    assert SAID not in sam.get(address(request, "change")).content.decode()
    for question in ("payload__event__text__startswith=My", "payload__icontains=hunter"):
        assert sam.get(f"{address(InboundRequest)}?{question}").status_code == 400
        assert sam.get(f"{address(Handling)}?request__{question}").status_code == 400


@pytest.mark.parametrize(
    "question",
    ["q=%00", "status=%00", "report__contains=%00", "id__exact=9999999999999999999999", "id=x", "o=99.-x", "p=-1"],
)
def test_questions_that_make_no_sense_are_answered(boss: Client, incident: Incident, question: str) -> None:
    assert boss.get(f"{address(Incident)}?{question}", follow=True).status_code == 200


# -- changing


def test_an_incident_is_changed_by_whoever_is_signed_in(boss: Client, incident: Incident, lee: Person) -> None:
    answer = save(boss, incident, severity="1", lead=str(lee.pk), summary="The *queue*\r\nis full")
    assert answer.status_code == 302
    incident.refresh_from_db()
    assert (incident.severity, incident.lead, incident.summary) == ("1", lee, "The *queue*\nis full")
    trace = incident.events.exclude(metadata__update_type="incident_opened")
    assert {entry.metadata["update_type"] for entry in trace} == {
        "incident_severity",
        "incident_lead",
        "incident_summary",
    }
    assert {(str(entry.author), entry.via) for entry in trace} == {("Ada Admin", "admin")}
    assert Delivery.objects.filter(incident=incident, kind="headline").exists()


def test_saving_without_a_change_leaves_no_trace(boss: Client, incident: Incident) -> None:
    before = incident.events.count()
    assert save(boss, incident).status_code == 302
    assert incident.events.count() == before


def test_what_others_change_meanwhile_is_not_changed_back(boss: Client, incident: Incident, lee: Person) -> None:
    form = filled_in(boss.get(address(incident, "change")), summary="The queue is full")
    actions.edit(incident, by=lee, lead=lee, severity="2")
    assert boss.post(address(incident, "change"), form).status_code == 302
    incident.refresh_from_db()
    assert (incident.summary, incident.lead, incident.severity) == ("The queue is full", lee, "2")


def test_an_incident_is_added_as_if_reported(boss: Client) -> None:
    form = filled_in(boss.get(address(Incident, "add")), report="Search is slow", severity="3")
    assert boss.post(address(Incident, "add"), form).status_code == 302
    incident = Incident.objects.get()
    assert (incident.severity, incident.max_severity, incident.summary) == ("3", "3", None)
    assert (str(incident.reporter), incident.start_time) == ("Ada Admin", incident.report_time)
    assert last_entry(incident) == ("Incident reported: Search is slow", "Ada Admin", "admin")
    assert HeadlinePost.objects.filter(incident=incident).exists()


@pytest.mark.parametrize("report", ["", "   "])
def test_an_empty_report_is_refused_at_its_field(boss: Client, incident: Incident, report: str) -> None:
    assert "This field is required" in mistakes(save(boss, incident, report=report))


@pytest.mark.parametrize("error", [UserError("Not on Fridays."), ValidationError("Not on Fridays.")])
def test_what_the_record_refuses_is_shown_in_the_form(boss: Client, incident: Incident, error: Exception) -> None:
    def refuse(**_: Any) -> None:
        raise error

    signals.incident_changed.connect(refuse)
    try:
        answer = save(boss, incident, summary="What I typed")
    finally:
        signals.incident_changed.disconnect(refuse)
    assert "Not on Fridays." in mistakes(answer)
    assert "What I typed" in answer.content.decode()
    incident.refresh_from_db()
    assert incident.summary is None


def test_incidents_are_closed_from_the_list(boss: Client, incident: Incident) -> None:
    boss.post(address(Incident), {"action": "close", "_selected_action": [incident.pk]})
    incident.refresh_from_db()
    assert incident.is_closed()
    assert last_entry(incident) == ("Incident closed", "Ada Admin", "admin")


def test_an_action_is_added_changed_and_done(boss: Client, incident: Incident, lee: Person) -> None:
    form = filled_in(boss.get(address(Action, "add")), incident=str(incident.pk), details="Tell support")
    assert boss.post(address(Action, "add"), form).status_code == 302
    action = incident.actions.get()
    assert last_entry(incident) == ("Action added: Tell support", "Ada Admin", "admin")
    assert str(action.created_by) == "Ada Admin"
    assert save(boss, action, user=str(lee.pk), priority="1").status_code == 302
    action.refresh_from_db()
    assert (action.user, action.priority, action.type) == (lee, "1", None)
    boss.post(address(Action), {"action": "finish", "_selected_action": [action.pk]})
    assert last_entry(incident) == ("Action done: Tell support", "Ada Admin", "admin")


def test_a_note_is_added_rewritten_and_taken_off_the_timeline(boss: Client, incident: Incident) -> None:
    form = filled_in(boss.get(address(TimelineEvent, "add")), incident=str(incident.pk), text="The deploy began")
    assert boss.post(address(TimelineEvent, "add"), form).status_code == 302
    note = incident.events.get(event_type="text")
    assert (str(note.author), note.via, note.on_timeline) == ("Ada Admin", "admin", True)
    form = filled_in(boss.get(address(note, "change")), text="The deploy ended")
    del form["on_timeline"]
    assert boss.post(address(note, "change"), form).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.on_timeline) == ("The deploy ended", False)
    log = incident.events.filter(metadata__update_type="timeline")
    assert [(entry.text, str(entry.author), entry.via) for entry in log] == [
        ("Note's text changed from The deploy began to The deploy ended", "Ada Admin", "admin"),
        ("Taken off the timeline: The deploy ended", "Ada Admin", "admin"),
    ]


@pytest.mark.parametrize("kind", ["slack_pin", "incident_update"])
def test_a_change_and_a_pinned_message_stay_what_they_are(boss: Client, incident: Incident, kind: str) -> None:
    entry = actions.add_to_timeline(incident, "As it was", by=None, kind=kind)
    assert boss.post(address(entry, "change"), {"text": "As I like it", "on_timeline": "on"}).status_code == 403
    entry.refresh_from_db()
    assert entry.text == "As it was"


@pytest.mark.parametrize("model", LOOKED_INTO)
def test_what_is_only_looked_into_cannot_be_changed(boss: Client, model: type[Model]) -> None:
    some_of_everything(1)
    before = list(model.objects.values())
    row = model.objects.first()
    assert row is not None
    sent = dict.fromkeys(before[0], "1")
    assert boss.post(address(row, "change"), sent).status_code == 403
    if model not in ADDED:
        assert boss.post(address(model, "add"), sent).status_code == 403
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted_and_it_says_why(boss: Client, model: type[Model]) -> None:
    some_of_everything(1)
    row = model.objects.first()
    assert row is not None
    assert "delete" not in boss.get(address(row, "change")).content.decode().replace("deleted", "")
    assert 'value="delete_selected"' not in boss.get(address(model)).content.decode()
    before = model.objects.count()
    answer = boss.post(address(row, "delete"), {"post": "yes"}, follow=True)
    assert admin.site._registry[model].kept_because in unescape(answer.content.decode())
    bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert boss.post(address(model), bulk, follow=True).status_code == 200
    assert model.objects.count() == before


def test_an_account_is_told_whose_it_is(boss: Client, lee: Person) -> None:
    user = User.objects.get(username="ada")
    assert save(boss, lee, owner=str(user.pk), full_name="Somebody Else").status_code == 302
    lee.refresh_from_db()
    assert lee.full_name == "Lee Leader"
    assert people.behind(user) == lee


def test_reminders_are_kept_quiet_from_the_list(boss: Client, incident: Incident) -> None:
    now = clock.now()
    reminder = Reminder.objects.create(incident=incident, key="plugin.remind", due_at=now)
    chosen = {"_selected_action": [reminder.pk]}
    boss.post(address(Reminder), {"action": "snooze", **chosen})
    reminder.refresh_from_db()
    assert reminder.due_at > now
    boss.post(address(Reminder), {"action": "stop", **chosen})
    reminder.refresh_from_db()
    assert (str(reminder.stopped_by), reminder.stopped_at is not None) == ("Ada Admin", True)


def test_looking_at_reminders_is_not_stopping_them(incident: Incident) -> None:
    reminder = Reminder.objects.create(incident=incident, key="plugin.remind", due_at=clock.now())
    sam = somebody("view_reminder")
    sam.post(address(Reminder), {"action": "stop", "_selected_action": [reminder.pk]})
    reminder.refresh_from_db()
    assert reminder.stopped_at is None


# -- tokens


def test_a_token_is_shown_once_and_opens_the_api(boss: Client, lee: Person) -> None:
    form = filled_in(boss.get(address(ApiToken, "add")), name="alerts", person=str(lee.pk))
    made = boss.post(address(ApiToken, "add"), form)
    secret = re.search(r"rsp_[\w-]{40,}", made.content.decode())
    assert secret is not None
    assert "no-store" in made["Cache-Control"]
    assert Client(headers={"Authorization": f"Bearer {secret[0]}"}).get("/api/people/me").json()["id"] == lee.pk
    token = ApiToken.objects.get()
    for page in (address(ApiToken), address(token, "change"), address(token, "history"), reverse("admin:index")):
        shown = boss.get(page).content.decode()
        assert secret[0] not in shown
        assert token.digest not in shown


def test_a_token_is_revoked_from_the_list(boss: Client, lee: Person) -> None:
    token, secret = ApiToken.objects.issue("alerts", lee)
    boss.post(address(ApiToken), {"action": "revoke", "_selected_action": [token.pk]})
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/people/me").status_code == 401


def test_nobody_guesses_what_a_token_is_checked_with(lee: Person) -> None:
    ApiToken.objects.issue("alerts", lee)
    assert somebody("view_apitoken").get(f"{address(ApiToken)}?digest__startswith=a").status_code == 400
