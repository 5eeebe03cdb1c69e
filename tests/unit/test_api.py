"""The record over HTTP: who may, what is written down, what a page costs, what it says when it refuses."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from response.api.models import ApiToken
from response.api.urls import api as description
from response.core import actions, clock
from response.core.models import Action, Incident, Person
from response.slack.models import Delivery

pytestmark = pytest.mark.django_db

JSON = "application/json"
OPERATIONS = [
    (method.upper(), path)
    for path, operations in description.get_openapi_schema(path_prefix="/api/")["paths"].items()
    for method in operations
]


@pytest.fixture
def token(lee: Person) -> str:
    """The secret of a token that acts as Lee."""
    return ApiToken.objects.issue("tests", lee)[1]


@pytest.fixture
def api(token: str) -> Client:
    """A program with a token that acts as Lee."""
    return Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)


def call(api: Client, method: str, path: str, body: Any = None) -> HttpResponse:
    return getattr(api, method.lower())(f"/api{path}", body or {}, content_type=JSON)


def with_ids(path: str, number: object) -> str:
    """An operation's address, with one number for whatever it asks for."""
    return re.sub(r"\{\w+\}", str(number), path)


def fields(answer: Any) -> dict[str, str]:
    """Which fields were refused, and why."""
    assert answer.status_code == 422, answer.content
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


# -- who may


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer rsp_wrong", "Basic cnNwXw==", "Bearer é\x7f"])
def test_nobody_gets_in_without_a_token(method: str, path: str, header: str) -> None:
    client = Client(headers={"Authorization": header} if header else {})
    answer = getattr(client, method.lower())(with_ids(path, "1"), content_type=JSON)
    assert answer.status_code == 401
    assert "create-token" in answer.json()["detail"]
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_is_not_stored_and_can_be_revoked(api: Client, token: str) -> None:
    assert api.get("/api/people/me").json()["external_id"] == "ULEE"
    assert token not in str(ApiToken.objects.values())
    ApiToken.objects.get().revoke()
    assert api.get("/api/people/me").status_code == 401


@pytest.mark.parametrize("what", ["is_outside", "deleted", "is_bot"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nothing_is_told_and_done_for_people_from_outside(
    api: Client, lee: Person, incident: Incident, method: str, path: str, what: str
) -> None:
    Person.objects.filter(pk=lee.pk).update(**{what: True})
    there, nowhere = (call(api, method, with_ids(path, number)[4:], {}) for number in (incident.pk, 999))
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert there.status_code == 403
    assert "member of the workspace" in there.json()["detail"]


def test_its_use_is_noted_at_most_once_a_minute(api: Client) -> None:
    api.get("/api/people/me")
    first = ApiToken.objects.get().last_used_at
    clock.move(timedelta(seconds=50))
    api.get("/api/people/me")
    assert ApiToken.objects.get().last_used_at == first
    clock.move(timedelta(seconds=50))
    api.get("/api/people/me")
    assert ApiToken.objects.get().last_used_at > first


@pytest.mark.parametrize("who", ["ULEE", "lee@example.org", "UNEVERSEEN"])
def test_the_command_prints_a_token_once(lee: Person, who: str) -> None:
    Person.objects.filter(pk=lee.pk).update(email="lee@example.org")
    out = io.StringIO()
    call_command("create_token", "alerts", person=who, stdout=out, stderr=io.StringIO())
    answer = Client(headers={"Authorization": f"Bearer {out.getvalue().strip()}"}).get("/api/people/me")
    assert answer.json()["external_id"] == (who if who.startswith("U") else "ULEE")


@pytest.mark.parametrize("who", ["nobody@example.org", "", "me"])
def test_the_command_says_when_it_knows_nobody(who: str, db: None) -> None:
    with pytest.raises(CommandError, match="Slack id"):
        call_command("create_token", "alerts", person=who)


# -- incidents


def test_declaring_is_as_in_slack(api: Client, lee: Person) -> None:
    body = {"report": "Search is <slow>", "severity": "Major", "lead": "ULEE", "summary": "Since the deploy"}
    answer = call(api, "POST", "/incidents", body)
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["report"], shown["severity"], shown["status"]) == ("Search is <slow>", "major", "live")
    assert shown["reporter"]["full_name"] == shown["lead"]["full_name"] == "Lee Leader"
    incident = Incident.objects.get(pk=shown["id"])
    entry = incident.events.get()
    assert (entry.author, entry.via) == (lee, "api")
    assert Delivery.objects.filter(incident=incident, kind="headline").exists()


def test_each_change_leaves_its_trace_and_slack_is_told(api: Client, incident: Incident, lee: Person) -> None:
    Delivery.objects.all().delete()
    body = {"severity": "critical", "lead": lee.pk, "impact": "No card payments", "report": "Payments fail"}
    shown = call(api, "PATCH", f"/incidents/{incident.pk}", body).json()
    assert (shown["severity"], shown["lead"]["id"], shown["impact"]) == ("critical", lee.pk, "No card payments")
    trace = incident.events.exclude(metadata__update_type="incident_opened")
    assert {(entry.author, entry.via) for entry in trace} == {(lee, "api")}
    assert {entry.metadata["update_type"] for entry in trace} == {f"incident_{name}" for name in body}
    assert Delivery.objects.filter(incident=incident, kind="headline").count() == 1


def test_null_takes_a_value_away_and_silence_leaves_it(api: Client, incident: Incident, lee: Person) -> None:
    actions.edit(incident, by=lee, lead=lee, severity="2", summary="Full queue", impact="Some")
    body = {"lead": None, "severity": None, "summary": ""}
    shown = call(api, "PATCH", f"/incidents/{incident.pk}", body).json()
    assert (shown["lead"], shown["severity"], shown["summary"], shown["impact"]) == (None, None, None, "Some")
    assert shown["max_severity"] == "major"


def test_closing_and_opening_again_happen_once(api: Client, incident: Incident) -> None:
    ended = call(api, "POST", f"/incidents/{incident.pk}/close").json()["end_time"]
    assert call(api, "POST", f"/incidents/{incident.pk}/close").json()["end_time"] == ended
    for _ in range(2):
        assert call(api, "POST", f"/incidents/{incident.pk}/reopen").json()["status"] == "live"
    texts = list(incident.events.values_list("text", flat=True))
    assert texts[1:] == ["Incident closed", "Incident reopened"]


def test_times_can_be_put_right(api: Client, incident: Incident, lee: Person) -> None:
    path = f"/incidents/{incident.pk}"
    began, ended = incident.report_time - timedelta(hours=2), incident.report_time - timedelta(hours=1)
    assert fields(call(api, "PATCH", path, {"end_time": ended.isoformat()})) == {
        "end_time": "The incident is open. Close it first."
    }
    actions.close(incident, by=lee)
    assert "end_time" in fields(call(api, "PATCH", path, {"end_time": ended.isoformat()}))
    shown = call(api, "PATCH", path, {"start_time": began.isoformat(), "end_time": ended.isoformat()}).json()
    assert shown["duration"] == 3600
    later = (ended + timedelta(hours=1)).isoformat()
    assert fields(call(api, "PATCH", path, {"start_time": later})) == {"start_time": "It would end before it began."}


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "report", "required"),
        ({"report": " \n"}, "report", "says nothing"),
        ({"report": "x" * 3001}, "report", "3000"),
        ({"report": "a\x00b"}, "report", "NUL"),
        ({"report": "\ud800"}, "report", "unicode"),
        ({"report": 7}, "report", "string"),
        ({"report": "x", "severity": "terrible"}, "severity", "critical, major, minor, trivial"),
        ({"report": "x", "severity": "minor, 1 customer"}, "severity", "critical, major, minor, trivial"),
        ({"report": "x", "lead": "UNOBODY"}, "lead", "Nobody is known as UNOBODY"),
        ({"report": "x", "lead": 10**30}, "lead", ""),
        ({"report": "x", "lead": ["ULEE"]}, "lead", ""),
        ({"report": "x", "reporter": "ULEE"}, "reporter", "no such field"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(api: Client, body: Any, field: str, words: str) -> None:
    found = fields(call(api, "POST", "/incidents", body))
    assert words in next(message for name, message in found.items() if name.split(".")[0] == field)
    assert not Incident.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'"x"', b"[" * 100_000, b'{"report": NaN}'])
def test_a_body_that_is_no_request_is_refused(api: Client, body: bytes) -> None:
    answer = api.post("/api/incidents", body, content_type=JSON)
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]


def test_a_body_over_the_limit_is_refused(api: Client) -> None:
    answer = api.post("/api/incidents", b" " * (1024 * 1024 + 1), content_type=JSON)
    assert answer.status_code == 413
    assert answer.json()["detail"]


def test_the_list_is_filtered(api: Client, rae: Person, lee: Person) -> None:
    first = actions.declare("Payments fail", by=rae, severity="1", lead=lee)
    second = actions.declare("Search is slow", by=lee, summary="100% of *queries*")
    actions.close(second, by=lee)
    today = first.report_time.date().isoformat()
    for query, expected in {
        "": [second, first],
        "status=open": [first],
        "status=closed": [second],
        "severity=critical": [first],
        "severity=none": [second],
        "lead=ULEE": [first],
        f"lead={lee.pk}": [first],
        "lead=none": [second],
        "reporter=URAE": [first],
        "text=100%25": [second],
        "text=nothing of this": [],
        f"since={today}": [second, first],
        "since=2100-01-01T00:00:00Z": [],
        f"until={today}": [],
    }.items():
        found = [each["id"] for each in api.get(f"/api/incidents?{query}").json()["items"]]
        assert found == [incident.pk for incident in expected], query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=half", "status"),
        ("severity=5", "severity"),
        ("lead=nobody@example.org", "lead"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=%00", "cursor"),
        ("cursor=MjAyNi0wMS0wMVQwMDowMDowMCAx", "cursor"),  # a moment without its zone
        ("text=%00", "text"),
        ("since=yesterday", "since"),
        ("since=0001-01-01", "since"),
    ],
)
def test_a_wrong_filter_is_named(api: Client, query: str, field: str) -> None:
    assert {name.split(".")[0] for name in fields(api.get(f"/api/incidents?{query}"))} == {field}


def test_pages_hold_everything_once_whatever_is_declared_meanwhile(api: Client, rae: Person) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(7):
        Incident.objects.create(report=f"Incident {number}", reporter=rae, report_time=moment)
    seen: list[int] = []
    cursor = ""
    while cursor is not None:
        page = api.get("/api/incidents", {"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        actions.declare("Something newer", by=rae)
    expected = Incident.objects.filter(report_time=moment).order_by("-pk")
    assert seen == list(expected.values_list("pk", flat=True))


# -- what a page costs


def declare_many(count: int, by: Person) -> None:
    for number in range(count):
        person = Person.objects.create(external_id=f"U{Person.objects.count()}", full_name=f"Person {number}")
        incident = actions.declare(f"Incident {number}", by=person, lead=by)
        for _ in range(3):
            actions.add_action(incident, "Tell support", by=by, owner=person)


@pytest.mark.parametrize("path", ["/incidents", "/actions", "/people", "/incidents/{}/timeline?show=everything"])
def test_a_page_costs_a_constant_number_of_queries(api: Client, lee: Person, path: str) -> None:
    declare_many(1, lee)
    incident = Incident.objects.get()
    address = f"/api{path.format(incident.pk)}"
    api.get(address)  # notes the token's use

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = api.get(address).json()
        return len(page["items"]), len(queries)

    few, queries = cost()
    declare_many(50, lee)
    for number in range(50):
        actions.add_to_timeline(incident, f"Note {number}", by=Person.objects.create(external_id=f"W{number}"))
    many, queries_then = cost()
    assert (few < 10, many) == (True, 50)
    assert queries == queries_then <= 4


# -- actions


def test_an_action_is_noted_given_and_done(api: Client, incident: Incident, lee: Person, rae: Person) -> None:
    path = f"/incidents/{incident.pk}/actions"
    body = {"details": "Tell support", "priority": "high", "due_date": "2026-12-01T12:00:00+02:00"}
    noted = call(api, "POST", path, body)
    assert noted.status_code == 201
    shown = noted.json()
    assert (shown["owner"], shown["done"], shown["priority"]) == (None, False, "high")
    assert shown["due_date"].startswith("2026-12-01T10:00:00")
    shown = call(api, "PATCH", f"/actions/{shown['id']}", {"owner": "URAE", "type": "corrective"}).json()
    assert (shown["owner"]["id"], shown["type"], shown["priority"]) == (rae.pk, "corrective", "high")
    for _ in range(2):
        assert call(api, "POST", f"/actions/{shown['id']}/done").json()["done"]
    action = Action.objects.get()
    assert (action.created_by, action.user, action.done) == (lee, rae, True)
    trace = incident.events.filter(metadata__update_type="action")
    assert {(entry.author, entry.via) for entry in trace} == {(lee, "api")}
    assert trace.filter(text__startswith="Action done").count() == 1
    shown = call(api, "PATCH", f"/actions/{shown['id']}", {"done": False, "owner": None, "priority": None}).json()
    assert (shown["done"], shown["done_date"], shown["owner"], shown["priority"]) == (False, None, None, None)


def test_actions_are_found_by_owner_and_state(api: Client, incident: Incident, lee: Person, rae: Person) -> None:
    one = actions.add_action(incident, "One", by=lee, owner=rae)
    other = actions.add_action(incident, "Other", by=lee)
    actions.change_action(other, by=lee, done=True)
    elsewhere = actions.add_action(actions.declare("Else", by=rae), "Elsewhere", by=lee)
    for address, expected in {
        "/actions": [one, other, elsewhere],
        "/actions?done=false": [one, elsewhere],
        "/actions?owner=URAE": [one],
        "/actions?owner=none&done=1": [other],
        f"/actions?incident={elsewhere.incident_id}": [elsewhere],
        f"/incidents/{incident.pk}/actions": [one, other],
        f"/incidents/{incident.pk}/actions?done=true": [other],
    }.items():
        found = [each["id"] for each in api.get(f"/api{address}").json()["items"]]
        assert found == [action.pk for action in expected], address


# -- the timeline


def test_a_note_is_written_rewritten_and_put_away(api: Client, incident: Incident, lee: Person) -> None:
    path = f"/incidents/{incident.pk}/timeline"
    noted = call(api, "POST", path, {"text": "We rolled back", "timestamp": "2026-01-31T14:00:00+01:00"})
    assert noted.status_code == 201
    shown = noted.json()
    assert (shown["kind"], shown["via"], shown["author"]["id"]) == ("note", "api", lee.pk)
    assert shown["timestamp"].startswith("2026-01-31T13:00:00")
    entry = f"{path}/{shown['id']}"
    shown = call(api, "PATCH", entry, {"text": "We rolled back 7", "timestamp": "2026-01-31T13:05:00Z"}).json()
    assert (shown["text"], shown["timestamp"][11:16]) == ("We rolled back 7", "13:05")
    assert call(api, "PATCH", entry, {"on_timeline": False}).json()["on_timeline"] is False
    assert shown["id"] not in [each["id"] for each in api.get(f"/api{path}").json()["items"]]
    trace = incident.events.filter(metadata__update_type="timeline").order_by("id")
    assert [each.text for each in trace] == [
        "Note's text changed from We rolled back to We rolled back 7",
        "Note's timestamp changed from 2026-01-31 13:00 UTC to 2026-01-31 13:05 UTC",
        "Taken off the timeline: We rolled back 7",
    ]
    assert {(each.author, each.via, each.on_timeline) for each in trace} == {(lee, "api", False)}


def test_what_response_wrote_down_itself_is_not_rewritten(api: Client, incident: Incident) -> None:
    entry = incident.events.get()
    path = f"/incidents/{incident.pk}/timeline/{entry.pk}"
    answer = call(api, "PATCH", path, {"text": "It was somebody else"})
    assert answer.status_code == 422
    assert "Only notes" in answer.json()["detail"]
    assert call(api, "PATCH", path, {"on_timeline": False}).json()["on_timeline"] is False
    entry.refresh_from_db()
    assert entry.text == "Incident reported: Payments are failing"


def test_the_timeline_is_what_people_chose_of_everything(api: Client, incident: Incident, lee: Person) -> None:
    actions.set_summary(incident, "Full queue", by=lee)
    path = f"/api/incidents/{incident.pk}/timeline"
    chosen = [each["text"] for each in api.get(path).json()["items"]]
    everything = [each["text"] for each in api.get(f"{path}?show=everything").json()["items"]]
    assert "Summary set to Full queue" in everything
    assert "Summary set to Full queue" not in chosen


# -- whatever comes


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_what_is_not_there_is_a_404_as_json(api: Client, method: str, path: str) -> None:
    if "{" not in path:
        return
    body = {"actions": {"details": "x"}, "timeline": {"text": "x"}}.get(path.rpartition("/")[2], {})
    for number in ("99999", "0", "9" * 18, "9" * 30, "9" * 5000):
        answer = getattr(api, method.lower())(with_ids(path, number), body, content_type=JSON)
        assert answer.status_code == 404
        assert answer.json()["detail"]


SCHEMA = description.get_openapi_schema()["components"]["schemas"]
NAMES = sorted({name for shape in SCHEMA.values() for name in shape.get("properties", ())})
FILTERS = [
    "status",
    "severity",
    "lead",
    "reporter",
    "text",
    "since",
    "until",
    "cursor",
    "limit",
    "owner",
    "done",
    "show",
]
LIKELY = ["ULEE", "major", "high", "2026-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "\x00", "none", "\ud800"]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(LIKELY)
ANYTHING = st.recursive(SCALARS, lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(), each, max_size=3))
BODIES = st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=5) | ANYTHING
WORDS = SCALARS.map(lambda value: str(value).encode("utf-8", "replace").decode())
QUERIES = st.dictionaries(st.sampled_from(FILTERS), WORDS, max_size=4)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_input_makes_it_fail(
    api: Client, pages: Client, incident: Incident, lee: Person, method: str, path: str
) -> None:
    action = actions.add_action(incident, "Tell support", by=lee)
    entry = actions.add_to_timeline(incident, "A note", by=lee)
    ids = {"incident_id": incident.pk, "action_id": action.pk, "entry_id": entry.pk, "person_id": lee.pk}
    address = path.format(**ids)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(body=BODIES, query=QUERIES)
    def send(body: Any, query: dict[str, str]) -> None:
        data = query if method == "GET" else json.dumps(body).encode()
        answer = getattr(api, method.lower())(address, data, content_type=JSON)
        assert answer.status_code < 500
        assert answer.json() is not None

    send()
    assert api.get("/api/incidents").status_code == pages.get(f"/incident/{incident.pk}/").status_code == 200


# -- its own description


def test_its_page_asks_no_other_host_for_anything(operator: Client) -> None:
    page = operator.get("/api/docs").content.decode()
    assert "//" not in page.replace("<!--", "")
    assert '"validatorUrl": null' in page


def test_it_describes_itself(operator: Client) -> None:
    schema = operator.get("/api/openapi.json").json()
    assert schema["paths"]["/api/incidents"]["post"]["security"] == [{"ByToken": []}]
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
