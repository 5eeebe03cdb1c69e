"""Slack is down for an hour: incidents are declared and run all the same, and when it returns nobody is flooded."""

import re
from datetime import timedelta

from django.db.models import F

from response.core import actions
from response.core.models import Incident, Person
from response.core.severity import Severity
from response.slack import channels
from response.slack.models import CommsChannel, Delivery
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company


def posts(company: Company, channel: Room) -> list[str]:
    return [m.text for m in company.bo.sees(channel) if m.get("bot_id") and not m.is_ephemeral and not m.get("subtype")]


def an_hour_passes() -> None:
    """Make everything that waits an hour older."""
    Delivery.objects.filter(state__in=["waiting", "sending"]).update(created_at=F("created_at") - timedelta(hours=1))


def test_an_incident_that_was_run_while_slack_was_down_is_in_slack_when_it_returns(company: Company) -> None:
    company.sandbox.fault("error", "*", status=503)
    lee = Person.objects.known_as("ULEE")
    incident = actions.declare("Payments are failing", by=Person.objects.known_as("URAE"))
    channels.open_for(incident, by=lee)
    actions.set_lead(incident, lee, by=lee)
    for level in Severity:
        actions.set_severity(incident, level, by=lee)
    for number in range(5):
        CommsChannel.objects.get().post_in_channel(f"step {number}")
    actions.close(incident, by=lee)
    an_hour_passes()
    company.sandbox.clear_faults()
    company.settled()
    assert posts(company, company.incidents) == ["Incident 1 is resolved, trivial: Payments are failing"]
    channel = company.workspace.find_channel("inc-101")
    shown = company.sandbox.show_channel("inc-101")
    assert {"URAE", "ULEE"} <= set(shown["members"])
    assert "Trivial, resolved" in shown["topic"]
    digests = [text for text in posts(company, channel) if "While Slack could not be reached" in text]
    assert len(digests) == 1
    missed = [f"step {number}" for number in range(5)]
    assert [digests[0].count(step) for step in missed] == [1] * 5
    assert "This incident is resolved" in digests[0]
    assert len(posts(company, channel)) == 2  # the digest, and the card
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent", "folded"}


def test_what_one_message_does_not_take_is_said_in_the_next(
    company: Company, incident: Incident, channel: Room
) -> None:
    company.sandbox.fault("error", "chat.postMessage", status=503)
    said = [f"{number}: {'word ' * 200}".strip() for number in range(8)]
    for text in said:
        CommsChannel.objects.get(incident=incident).post_in_channel(text)
    an_hour_passes()
    company.sandbox.clear_faults()
    company.settled()
    shown = "\n".join(posts(company, channel))
    assert [shown.count(text) for text in said] == [1] * 8
    assert re.findall(r"(\d): word", shown) == list("01234567")
    assert len(posts(company, channel)) < 8


def test_a_few_late_messages_are_said_as_they_are(company: Company, incident: Incident, channel: Room) -> None:
    company.sandbox.fault("error", "chat.postMessage", status=503)
    for number in range(2):
        CommsChannel.objects.get(incident=incident).post_in_channel(f"step {number}")
    an_hour_passes()
    company.sandbox.clear_faults()
    company.settled()
    assert posts(company, channel)[-2:] == ["step 0", "step 1"]
