"""`@incident …` in the incident's channel."""

import pytest

from response.core.models import Incident
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company, reactions


@pytest.mark.parametrize(
    ("command", "reply", "field", "value"),
    [
        ("severity minor, 1 customer affected", "Severity is now Minor.", "severity", "3"),
        ("SEV Critical", "Severity is now Critical.", "severity", "1"),
        ("summary The queue is full", "The summary is now: The queue is full", "summary", "The queue is full"),
        ("impact first line\nsecond line", "first line\nsecond line", "impact", "first line\nsecond line"),
        ("lead me", "leads this incident", "lead_id", 2),
    ],
)
def test_a_command_is_done_marked_and_answered(
    company: Company, incident: Incident, channel: Room, command: str, reply: str, field: str, value: object
) -> None:
    company.lee.joins(channel)
    said = company.asks(company.lee, channel, command)
    assert reactions(said) == ["white_check_mark"]
    company.lee.waits_for(channel, lambda m: reply in m.text and m.get("bot_id"))
    incident.refresh_from_db()
    assert getattr(incident, field) == value or (field == "lead_id" and str(incident.lead) == "Lee Leader")


def test_the_mention_may_stand_anywhere(company: Company, incident: Incident, channel: Room) -> None:
    said = company.bo.says(channel, f"hey <@{company.bot}|incident> severity major")
    company.workspace.wait_for(lambda: reactions(company.bo.again(said)) == ["white_check_mark"])
    incident.refresh_from_db()
    assert incident.severity == "2"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("sumary x", "Did you mean `summary`?"),
        ("xyzzy", "I do not know the command `xyzzy`"),
        ("lead bob", "I know nobody called “bob”"),
        ("lead", "Who leads?"),
        ("severity bad", "Severity is one of critical (1)"),
    ],
)
def test_what_is_not_understood_is_asked_back_in_private(
    company: Company, incident: Incident, channel: Room, command: str, answer: str
) -> None:
    said = company.asks(company.bo, channel, command)
    assert reactions(said) == ["question"]
    assert company.bo.waits_for(channel, answer).is_ephemeral
    assert incident.events.count() == 1


def test_help_lists_every_command_to_who_asked(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "help")
    shown = company.bo.waits_for(channel, "`severity, sev`")
    assert shown.is_ephemeral
    for command in ("close", "duration", "help", "impact", "lead", "summary"):
        assert f"`{command}`" in shown.text


def test_a_bare_mention_is_a_call_for_help(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "")
    assert company.bo.waits_for(channel, "`severity, sev`").is_ephemeral


def test_a_command_elsewhere_is_answered(company: Company) -> None:
    company.bo.does("invite", channel=company.general.id, user=company.bot)
    company.bo.says(company.general, f"<@{company.bot}> help")
    assert company.bo.waits_for(company.general, "in an incident's own channel").is_ephemeral


def test_a_summary_of_40000_characters_is_kept_whole(company: Company, incident: Incident, channel: Room) -> None:
    text = "long &amp; <!channel> " + "x" * 39_000
    company.asks(company.bo, channel, f"summary {text}")
    incident.refresh_from_db()
    assert incident.summary == text
    reply = company.bo.waits_for(channel, lambda m: m.get("bot_id") and "summary is now" in m.text)
    assert "<!channel>" not in reply.text
    company.lee.presses("edit-incident-button", in_message=company.headline())
    assert "too long to edit here" in company.lee.modal().all_text
    company.lee.submits({"Impact": "everything"})
    company.workspace.wait_for(lambda: Incident.objects.filter(impact="everything").exists())
    incident.refresh_from_db()
    assert incident.summary == text
