"""What happened last counts, in whatever order Slack tells of it."""

import itertools
import time
from typing import Any

import httpx
import pytest

from response.core.models import Incident
from response.slack.models import CommsChannel, Handling
from slack_sandbox.testing import Message, Room, wait_for
from tests import signed
from tests.scenarios.conftest import Company

NUMBERS = itertools.count(1)


def tell(company: Company, event: dict[str, Any]) -> None:
    """Send an event as Slack would, now."""
    body = signed.event(event, f"EvOrder{next(NUMBERS)}")
    assert httpx.post(f"{company.url}/slack/event", content=body, headers=signed.headers(body)).status_code == 200
    company.settled()


def pinned(incident: Incident) -> list[str]:
    return list(incident.events.filter(event_type="slack_pin", on_timeline=True).values_list("text", flat=True))


@pytest.fixture
def said(company: Company, channel: Room) -> Message:
    return company.bo.says(channel, "The deploy did it")


def pin(said: Message, kind: str, ts: str) -> dict[str, Any]:
    """A pin's event: what, and when."""
    item = {"type": "message", "channel": said.channel, "message": dict(said)}
    return {"type": f"pin_{kind}", "user": "UBO", "channel_id": said.channel, "item": item, "event_ts": ts}


def reaction(said: Message, kind: str, ts: str, name: str = "pushpin") -> dict[str, Any]:
    item = {"type": "message", "channel": said.channel, "ts": said.ts}
    return {"type": f"reaction_{kind}", "user": "UBO", "reaction": name, "item": item, "event_ts": ts}


def edit(said: Message, text: str, ts: str) -> dict[str, Any]:
    message = {**said, "text": text, "edited": {"user": "UBO", "ts": ts}}
    changed = {"type": "message", "subtype": "message_changed", "hidden": True}
    return {**changed, "channel": said.channel, "message": message, "ts": ts, "event_ts": ts}


def later(said: Message, seconds: float) -> str:
    return f"{float(said.ts) + seconds:.6f}"


def test_unpinning_that_is_told_first_stays_unpinned(company: Company, incident: Incident, said: Message) -> None:
    tell(company, pin(said, "removed", later(said, 2)))
    tell(company, pin(said, "added", later(said, 1)))
    assert pinned(incident) == []
    tell(company, pin(said, "added", later(said, 3)))
    assert pinned(incident) == ["The deploy did it"]


def test_a_pushpin_taken_away_that_is_told_first_stays_away(
    company: Company, incident: Incident, said: Message
) -> None:
    tell(company, reaction(said, "removed", later(said, 2)))
    tell(company, reaction(said, "added", later(said, 1)))
    assert pinned(incident) == []


def test_two_pushpins_of_one_person_are_two(company: Company, incident: Incident, said: Message) -> None:
    tell(company, reaction(said, "added", later(said, 1)))
    tell(company, reaction(said, "added", later(said, 2), name="round_pushpin"))
    tell(company, reaction(said, "removed", later(said, 3)))
    assert pinned(incident) == ["The deploy did it"]


def test_an_older_edit_changes_nothing(company: Company, incident: Incident, said: Message) -> None:
    tell(company, pin(said, "added", later(said, 1)))
    tell(company, edit(said, "third", later(said, 3)))
    tell(company, edit(said, "second", later(said, 2)))
    assert pinned(incident) == ["third"]


def test_an_edit_that_is_told_before_the_pin_is_followed(company: Company, incident: Incident, said: Message) -> None:
    company.bo.edits(said, "The second deploy did it")
    company.settled()
    tell(company, pin(said, "added", later(said, 0.001)))
    assert pinned(incident) == ["The second deploy did it"]


def test_a_deletion_that_is_told_before_the_pin_keeps_it_off_the_timeline(
    company: Company, incident: Incident, said: Message
) -> None:
    company.bo.deletes(said)
    company.settled()
    tell(company, pin(said, "added", later(said, 0.001)))
    assert pinned(incident) == []
    assert incident.events.filter(event_type="slack_pin", metadata__deleted=True).count() == 1


def test_an_older_name_of_the_channel_is_no_news(company: Company, incident: Incident, channel: Room) -> None:
    for name, ts in (("inc-new", "2000000002.000000"), ("inc-old", "2000000001.000000")):
        tell(company, {"type": "channel_rename", "channel": {"id": channel.id, "name": name}, "event_ts": ts})
    assert CommsChannel.objects.get(incident=incident).channel_name == "inc-new"


def test_an_archive_that_was_undone_meanwhile_is_no_news(company: Company, incident: Incident, channel: Room) -> None:
    tell(company, {"type": "channel_unarchive", "channel": channel.id, "user": "UBO", "event_ts": "2000000002.000000"})
    tell(company, {"type": "channel_archive", "channel": channel.id, "user": "UBO", "event_ts": "2000000001.000000"})
    assert not CommsChannel.objects.get(incident=incident).is_archived


def test_an_entry_stands_at_the_moment_when_it_was_said(company: Company, incident: Incident, channel: Room) -> None:
    said = company.asks(company.bo, channel, "timeline We rolled back")
    entry = incident.events.get(text="We rolled back")
    assert f"{entry.timestamp.timestamp():.3f}" == f"{float(said.ts):.3f}"


def test_a_command_in_a_channel_that_is_being_recorded_is_done(company: Company, incident: Incident) -> None:
    CommsChannel.objects.create(incident=incident, channel_name="inc-101")
    channel = company.workspace.channel("inc-101", company.bo)
    text, ts = f"<@{company.bot}> timeline We rolled back", f"{time.time():.6f}"
    mention = {"type": "app_mention", "channel": channel.id, "user": "UBO", "text": text, "ts": ts, "event_ts": ts}
    body = signed.event(mention, "EvEarly")
    assert httpx.post(f"{company.url}/slack/event", content=body, headers=signed.headers(body)).status_code == 200
    wait_for(lambda: Handling.objects.filter(done_at=None).exists())
    CommsChannel.objects.update(channel_id=channel.id)
    wait_for(lambda: incident.events.filter(text="We rolled back").exists(), timeout=10)
