"""What people do on pages, as plain forms: the same checks and the same trace as in Slack, and nothing is lost."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from response.core import actions, clock
from response.core.models import Action, Incident, Person, TimelineEvent
from response.slack.models import CommsChannel, Delivery
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def shown(answer: Any) -> str:
    """The words of a page."""
    assert answer.status_code == 200, answer.content
    words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(words).split())


def fields(answer: Any, form: int = -1) -> dict[str, str]:
    """What the fields of a page's last form are filled with."""
    found: dict[str, str] = {}
    text = re.findall(r"<form.*?</form>", answer.content.decode(), re.DOTALL)[form]
    for tag in re.findall(r"<input [^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and not ("checkbox" in tag and "checked" not in tag):
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, value in re.findall(r'<textarea name="([^"]*)".*?>\n?(.*?)</textarea>', text, re.DOTALL):
        found[name] = html.unescape(value)
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def fill(browser: Client, path: str, **values: str) -> Any:
    """Open a form, change some of its fields, and send it."""
    return browser.post(path, fields(browser.get(path)) | values)


def trace(incident: Incident) -> list[tuple[str, str | None, str]]:
    """What was written down of an incident since it was reported: what, by whom, from where."""
    entries = incident.events.exclude(metadata__update_type="incident_opened").order_by("pk")
    return [(entry.text, entry.author and str(entry.author), entry.via) for entry in entries]


# -- declaring


def test_declaring_is_as_in_slack(pages: Client, lee: Person, rae: Person) -> None:
    given = {
        "report": "Search is <slow>",
        "summary": "Since\r\nnoon",
        "lead": "Rae Reporter",
        "severity": "2",
        "open_channel": "on",
    }
    answer = fill(pages, "/incident/new/", **given)
    incident = Incident.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/incident/{incident.pk}/")
    assert (incident.report, incident.summary, incident.lead, incident.severity) == (
        "Search is <slow>",
        "Since\nnoon",
        rae,
        "2",
    )
    assert (incident.reporter, incident.events.get().via) == (lee, "web")
    assert {"headline", "create_channel"} <= set(Delivery.objects.values_list("kind", flat=True))
    assert "Thank you for reporting this." in shown(pages.get(answer["Location"]))


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(pages: Client) -> None:
    answer = fill(pages, "/incident/new/", report=" ", summary="A long <story>", lead="Nobody I know")
    assert "Say in a line what is broken." in shown(answer)
    assert "Nobody here is called “Nobody I know”" in shown(answer)
    assert fields(answer)["summary"] == "A long <story>"
    assert fields(answer)["lead"] == "Nobody I know"
    assert not Incident.objects.exists()


# -- people by name


@pytest.mark.parametrize(
    "words", ["Rae Reporter", "rae", "rae reporter", "URAE", "rae@example.org", "Rae Reporter (@rae)", "report"]
)
def test_a_person_is_found_by_what_people_call_them(words: str, pages: Client, incident: Incident, rae: Person) -> None:
    Person.objects.filter(pk=rae.pk).update(email="rae@example.org")
    fill(pages, f"/incident/{incident.pk}/edit/lead/", lead=words)
    assert Incident.objects.get().lead == rae


def test_when_several_are_called_so_one_chooses(pages: Client, incident: Incident) -> None:
    _, other = (
        Person.objects.create(external_id=f"UADA{n}", full_name="Ada Berg", email=f"ada{n}@example.org") for n in (1, 2)
    )
    path = f"/incident/{incident.pk}/edit/lead/"
    answer = fill(pages, path, lead="ada berg")
    assert "2 people may be meant by “ada berg”. Choose one." in shown(answer)
    assert "Ada Berg (ada1@example.org)" in shown(answer)
    pages.post(path, fields(answer) | {"lead": f"#{other.pk}"})
    assert Incident.objects.get().lead == other


def test_a_lead_who_has_left_is_shown_and_stays(pages: Client, incident: Incident, rae: Person, lee: Person) -> None:
    actions.set_lead(incident, rae, by=lee)
    Person.objects.filter(pk=rae.pk).update(deleted=True)
    assert "Rae Reporter (left)" in shown(pages.get(f"/incident/{incident.pk}/"))
    assert fill(pages, f"/incident/{incident.pk}/edit/lead/").status_code == 303
    assert Incident.objects.get().lead == rae


def test_suggestions_are_a_few_names(pages: Client, rae: Person, lee: Person) -> None:
    answer = pages.get("/people/?lead=rae")
    assert "Rae Reporter (@rae)" in answer.content.decode()
    assert "Lee" not in answer.content.decode()
    assert pages.get("/people/?lead=").content.strip() == b""


# -- changing


def test_each_field_is_changed_with_a_trace_and_slack_is_told(pages: Client, incident: Incident, lee: Person) -> None:
    Delivery.objects.all().delete()
    for field, value in (
        ("report", "Payments fail"),
        ("summary", "A <b>"),
        ("impact", "Some"),
        ("severity", "1"),
        ("lead", "lee"),
    ):
        answer = fill(pages, f"/incident/{incident.pk}/edit/{field}/", **{field: value})
        assert (answer.status_code, answer["Location"]) == (303, f"/incident/{incident.pk}/#{field}")
    now = Incident.objects.get()
    assert (now.report, now.summary, now.impact, now.severity, now.lead) == ("Payments fail", "A <b>", "Some", "1", lee)
    assert [(by, via) for _, by, via in trace(incident)] == [("Lee Leader", "web")] * 5
    assert Delivery.objects.filter(kind="headline").exists()


def test_saving_without_a_change_writes_nothing(pages: Client, incident: Incident, lee: Person) -> None:
    actions.edit(incident, by=lee, summary="a &lt; b\nand <@ULEE>  ", severity="2", lead=lee)
    before = len(trace(incident))
    for field in ("report", "summary", "impact", "severity", "lead", "times"):
        assert fill(pages, f"/incident/{incident.pk}/edit/{field}/").status_code == 303
    assert len(trace(incident)) == before


def test_somebody_elses_change_is_shown_and_nothing_is_overwritten(
    pages: Client, incident: Incident, rae: Person
) -> None:
    path = f"/incident/{incident.pk}/edit/summary/"
    mine = fields(pages.get(path)) | {"summary": "Mine"}
    actions.set_summary(incident, "Rae's <i>words</i>", by=rae)
    answer = pages.post(path, mine)
    assert "Rae Reporter has changed this while you were writing." in shown(answer)
    assert "Summary says now Rae's <i>words</i>" in shown(answer)
    assert (fields(answer)["summary"], Incident.objects.get().summary) == ("Mine", "Rae's <i>words</i>")
    actions.set_summary(incident, "Rae again", by=rae)
    assert "Rae again" in shown(pages.post(path, fields(answer)))
    assert pages.post(path, fields(pages.post(path, fields(answer)))).status_code == 303
    assert Incident.objects.get().summary == "Mine"


def test_two_who_write_the_same_do_not_disagree(pages: Client, incident: Incident, rae: Person) -> None:
    path = f"/incident/{incident.pk}/edit/severity/"
    mine = fields(pages.get(path)) | {"severity": "1"}
    actions.edit(incident, by=rae, severity="1")
    assert pages.post(path, mine).status_code == 303


def test_changing_one_field_of_an_action_leaves_the_others_as_somebody_else_changed_them(
    pages: Client, incident: Incident, rae: Person
) -> None:
    action = actions.add_action(incident, "Roll back", by=rae)
    path = f"/incident/{incident.pk}/actions/{action.pk}/"
    mine = fields(pages.get(path)) | {"details": "Roll back & tell support"}
    actions.change_action(action, by=rae, priority="1", user=rae)
    assert pages.post(path, mine).status_code == 303
    action.refresh_from_db()
    assert (action.details, action.priority, action.user) == ("Roll back & tell support", "1", rae)


def test_a_severity_that_is_no_longer_known_is_shown_and_kept(pages: Client, incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(severity="7")
    assert "7 (no longer used)" in shown(pages.get(f"/incident/{incident.pk}/edit/severity/"))
    assert fill(pages, f"/incident/{incident.pk}/edit/severity/").status_code == 303
    for path in ("/", "/incidents/", "/incidents/?sort=severity", f"/incident/{incident.pk}/"):
        assert pages.get(path).status_code == 200
    assert Incident.objects.get().severity == "7"


# -- times


def test_times_are_read_and_written_where_the_reader_is(lee: Person, incident: Incident) -> None:
    Person.objects.filter(pk=lee.pk).update(timezone="Asia/Tokyo")
    browser = signed_in(lee)
    began = datetime(2026, 1, 31, 3, 0, tzinfo=UTC)
    actions.edit(incident, by=lee, start_time=began)
    path = f"/incident/{incident.pk}/edit/times/"
    assert fields(browser.get(path))["start_time"] == "2026-01-31T12:00:00"
    fill(browser, path, start_time="2026-01-31T11:30")
    assert Incident.objects.get().start_time == began - timedelta(minutes=30)
    words = shown(browser.get(f"/incident/{incident.pk}/"))
    assert "31 Jan 2026, 11:30:00 02:30:00 UTC" in words
    assert "Times are in Asia/Tokyo." in words


def test_the_zone_is_the_browsers_when_the_person_has_none(pages: Client, incident: Incident) -> None:
    pages.cookies["zone"] = "America/New_York"
    assert "Times are in America/New York." in shown(pages.get("/"))
    for wrong in ("../../etc/passwd", "Nowhere", "x" * 500, "\x00", "posixrules"):
        pages.cookies["zone"] = wrong
        assert pages.get(f"/incident/{incident.pk}/").status_code == 200


@pytest.mark.parametrize(
    "wrong", ["soon", "2026-13-45T99:99", "0001-01-01T00:00", "9999-12-31T23:59", "2999-01-01T00:00", "", "\x00"]
)
def test_a_wrong_time_is_said_and_kept(wrong: str, pages: Client, incident: Incident) -> None:
    answer = fill(pages, f"/incident/{incident.pk}/edit/times/", start_time=wrong)
    assert "errorlist" in answer.content.decode()
    assert fields(answer)["start_time"] == wrong


def test_an_incident_does_not_end_before_it_began(pages: Client, incident: Incident, lee: Person) -> None:
    actions.close(incident, by=lee)
    answer = fill(pages, f"/incident/{incident.pk}/edit/times/", end_time="2001-01-01T00:00")
    assert "It would end before it began." in shown(answer)
    assert fields(answer)["end_time"] == "2001-01-01T00:00"


# -- life


def test_closing_reopening_and_a_channel(pages: Client, incident: Incident) -> None:
    for act, text in (("close", "Incident closed"), ("close", ""), ("reopen", "Incident reopened"), ("reopen", "")):
        before = len(trace(incident))
        assert pages.post(f"/incident/{incident.pk}/{act}/")["Location"] == f"/incident/{incident.pk}/"
        assert [entry[0] for entry in trace(incident)[before:]] == ([text] if text else [])
    for _ in range(2):
        pages.post(f"/incident/{incident.pk}/channel/")
    assert CommsChannel.objects.get().channel_name == f"inc-{100 + incident.pk}"
    assert Delivery.objects.filter(kind="create_channel").count() == 1
    assert "is being made" in shown(pages.get(f"/incident/{incident.pk}/"))


# -- actions


def test_actions_are_noted_taken_and_done(pages: Client, incident: Incident, rae: Person, lee: Person) -> None:
    pages.post(f"/incident/{incident.pk}/actions/", {"details": "Tell support", "owner": ""})
    pages.post(f"/incident/{incident.pk}/actions/", {"details": "Roll back", "owner": "Rae Reporter"})
    mine, raes = Action.objects.order_by("pk")
    assert (mine.user, raes.user, mine.created_by) == (None, rae, lee)
    for act in ("take", "done"):
        pages.post(f"/incident/{incident.pk}/actions/{mine.pk}/{act}/")
    mine.refresh_from_db()
    assert (mine.user, mine.done) == (lee, True)
    pages.post(f"/incident/{incident.pk}/actions/{raes.pk}/take/")
    assert "Rae Reporter has it already." in shown(pages.get(f"/incident/{incident.pk}/"))
    answer = pages.post(f"/incident/{incident.pk}/actions/", {"details": " ", "owner": "rae"})
    assert "Say what has to be done: the action is empty." in shown(answer)
    assert fields(answer)["owner"] == "rae"


# -- the timeline


def test_notes_are_written_back_dated_changed_hidden_and_put_back(
    pages: Client, incident: Incident, lee: Person
) -> None:
    path = f"/incident/{incident.pk}/timeline/"
    pages.post(path, {"text": "Rolled back", "timestamp": "2026-01-31T14:00"})
    entry = TimelineEvent.objects.get(event_type="text")
    assert (entry.timestamp, entry.author, entry.via) == (datetime(2026, 1, 31, 14, tzinfo=UTC), lee, "web")
    fill(pages, f"{path}{entry.pk}/", text="Rolled *back*", timestamp="2026-01-31T13:59:30")
    entry.refresh_from_db()
    assert (entry.text, entry.timestamp.second) == ("Rolled *back*", 30)
    pages.post(f"{path}{entry.pk}/hide/")
    assert "Rolled back" not in shown(pages.get(f"/incident/{incident.pk}/"))
    assert "Rolled back" in shown(pages.get(f"/incident/{incident.pk}/?show=everything"))
    pages.post(f"{path}{entry.pk}/show/")
    assert "Rolled back" in shown(pages.get(f"/incident/{incident.pk}/"))
    assert [text.partition(" ")[0] for text, *_ in trace(incident)] == ["Note's", "Note's", "Taken", "Put"]


@pytest.mark.parametrize(("text", "at"), [("", ""), ("Rolled back", "soon"), ("Rolled back", "2999-01-01T00:00")])
def test_a_note_that_cannot_be_taken_is_kept_in_the_form(text: str, at: str, pages: Client, incident: Incident) -> None:
    answer = pages.post(f"/incident/{incident.pk}/timeline/", {"text": text, "timestamp": at})
    assert "errorlist" in answer.content.decode()
    assert (fields(answer)["text"], fields(answer)["timestamp"]) == (text, at)
    assert trace(incident) == []


def test_only_notes_can_be_rewritten(pages: Client, incident: Incident) -> None:
    opened = incident.events.get()
    assert pages.get(f"/incident/{incident.pk}/timeline/{opened.pk}/").status_code == 404


# -- what a script gets


def test_a_script_gets_a_form_in_place_and_word_of_what_was_done(
    pages: Client, incident: Incident, rae: Person
) -> None:
    script = {"HX-Request": "true"}
    path = f"/incident/{incident.pk}/edit/summary/"
    form = pages.get(path, headers=script)
    assert form.content.decode().strip().startswith("<form")
    answer = pages.post(path, fields(form) | {"summary": "Mine"}, headers=script)
    assert (answer.status_code, json.loads(answer["HX-Trigger"])) == (204, {"response:done": {"message": ""}})
    action = actions.add_action(incident, "Roll back", by=rae, owner=rae)
    answer = pages.post(f"/incident/{incident.pk}/actions/{action.pk}/take/", headers=script)
    assert json.loads(answer["HX-Trigger"]) == {"response:refused": {"message": "Rae Reporter has it already."}}


# -- who may, and what is not there


ACTS = ["close", "reopen", "channel", "actions", "actions/1/done", "timeline", "timeline/1/hide", "edit/summary"]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_without_signing_in(act: str, incident: Incident) -> None:
    answer = Client().post(f"/incident/{incident.pk}/{act}/", {"text": "x", "details": "x", "summary": "x"})
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    assert trace(incident) == []


@pytest.mark.parametrize("act", ACTS)
def test_what_is_not_there_cannot_be_changed(act: str, pages: Client) -> None:
    assert pages.post(f"/incident/999999999999/{act}/", {"text": "x", "details": "x"}).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/incident/77/", "/incident/999999999999999999/", "/people/77/", "/incident/77/incident.md", "/incidents/77"],
)
def test_an_unknown_number_offers_the_search(path: str, pages: Client) -> None:
    answer = pages.get(f"/{path}")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode().partition("<main")[2]


def test_an_action_of_another_incident_is_none_of_this_one(pages: Client, incident: Incident, rae: Person) -> None:
    other = actions.declare("Another", by=rae)
    action = actions.add_action(other, "Roll back", by=rae)
    assert pages.post(f"/incident/{incident.pk}/actions/{action.pk}/done/").status_code == 404
    clock.reset()
