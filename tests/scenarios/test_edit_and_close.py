"""Editing, closing, and the document."""

import httpx

from response.core.models import Incident
from slack_sandbox.testing import Message, Room
from tests import signed
from tests.scenarios.conftest import Company


def document(company: Company, number: int = 1) -> str:
    answer = httpx.get(f"{company.url}/incident/{number}/", cookies=company.cookies(company.lee))
    assert answer.status_code == 200
    return answer.text


def test_edit_opens_the_form_filled_in_and_saves_what_was_changed(company: Company) -> None:
    incident = company.declare(Severity="Major", Lead="ULEE", Summary="a < b & c")
    company.bo.presses("edit-incident-button", in_message=company.headline())
    form = company.bo.modal()
    assert [form.value(label) for label in ("Report", "Summary", "Lead", "Severity")] == [
        "Payments are failing",
        "a < b & c",
        "ULEE",
        "Major",
    ]
    company.bo.submits({"Report": "Refunds are failing", "Severity": None})
    company.bo.waits_for(company.incidents, lambda m: "Refunds are failing" in m.text and "Severity: -" in m.all_text)
    incident.refresh_from_db()
    assert (incident.severity, incident.max_severity, incident.summary) == (None, "2", "a < b & c")


def test_an_edit_overwrites_nothing_that_somebody_else_changed_meanwhile(company: Company, channel: Room) -> None:
    company.lee.presses("edit-incident-button", in_message=company.headline())
    company.asks(company.bo, channel, "summary The queue is full")
    company.lee.submits({"Impact": "No card payments"})
    company.workspace.wait_for(lambda: Incident.objects.filter(impact="No card payments").exists())
    assert Incident.objects.get().summary == "The queue is full"


def test_closing_closes_once_and_tells_the_channel(company: Company, incident: Incident, channel: Room) -> None:
    headline = company.headline()
    company.lee.presses("close-incident-button", in_message=headline)
    company.bo.waits_for(company.incidents, lambda m: "Status: Resolved" in m.all_text)
    company.bo.waits_for(channel, "This incident is resolved")
    incident.refresh_from_db()
    ended = incident.end_time
    assert company.headline().buttons == []
    press_on_a_stale_client(company, headline)
    company.settled()
    incident.refresh_from_db()
    assert incident.end_time == ended


def press_on_a_stale_client(company: Company, headline: Message) -> None:
    """Send what a client sends that has not seen the button go."""
    body = signed.interaction(
        {
            "type": "block_actions",
            "user": {"id": company.bo.id},
            "channel": {"id": company.incidents.id},
            "message": headline,
            "trigger_id": "stale",
            "actions": [{"action_id": "close-incident-button", "value": "1", "type": "button"}],
        }
    )
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (
        httpx.post(f"{company.url}/slack/action", content=body, headers=signed.headers(body) | kind).status_code == 200
    )


def test_closing_by_command(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "close now please")
    company.bo.waits_for(channel, "This incident is resolved")
    company.asks(company.bo, channel, "close")
    company.bo.waits_for(channel, "was closed already")
    assert incident.events.filter(text="Incident closed").count() == 1


def test_a_pin_stands_on_the_timeline_until_it_is_unpinned(company: Company, incident: Incident, channel: Room) -> None:
    company.lee.joins(channel)
    said = company.lee.says(channel, "The *deploy* did it <https://example.org|diff>")
    other = company.bo.says(channel, "Rolling back")
    company.bo.pins(said)
    company.bo.pins(other)
    company.workspace.wait_for(lambda: incident.events.filter(event_type="slack_pin").count() == 2)
    entry = incident.events.get(event_type="slack_pin", text__contains="deploy")
    assert str(entry.author) == "Lee Leader"
    assert f"{entry.timestamp.timestamp():.6f}" == said.ts
    page = document(company)
    assert "<strong>deploy</strong>" in page
    assert 'href="https://example.org"' in page
    company.lee.unpins(said)
    company.workspace.wait_for(lambda: incident.events.filter(event_type="slack_pin").count() == 1)
    assert "Rolling back" in document(company)


def test_the_document_shows_all_of_it(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "severity critical")
    company.asks(company.bo, channel, "summary Since <@ULEE>'s <!here> deploy")
    company.asks(company.bo, channel, "impact <script>alert(1)</script>")
    company.lee.presses("close-incident-button", in_message=company.headline())
    company.workspace.wait_for(lambda: Incident.objects.exclude(end_time=None).exists())
    company.settled()
    page = document(company)
    for text in (
        ">Payments are failing</h1>",
        "Resolved",
        "Critical",
        "Rae Reporter",
        "@Lee Leader",
        "Bo Watcher",
        "UTC",
    ):
        assert text in page, text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_outsider_learns_nothing(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "severity critical")
    company.asks(company.bo, channel, "nonsense")
    company.settled()
    direct = [c for c in company.sandbox.channels() if c["is_im"] and "UOZ" in c["members"]]
    assert direct == []
    assert company.oz.sees(company.general) == []
