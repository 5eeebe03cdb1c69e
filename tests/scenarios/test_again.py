"""Slack refused something, somebody mended why and has it tried again: it is done once, and the record says by whom."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from response.core import actions
from response.core.models import Incident, Person
from response.core.severity import Severity
from response.slack import again, outbox, people
from response.slack.kinds import KINDS
from response.slack.manifest import BOT_SCOPES
from response.slack.models import CommsChannel, Delivery
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company


@pytest.fixture
def lee(company: Company) -> Person:
    """Lee mends things."""
    return people.vetted("ULEE")


@contextmanager
def without(company: Company, scope: str) -> Iterator[None]:
    """Take one of the app's scopes away for the block, and wait until what happens in it is over."""
    company.sandbox.app("Response", scopes=[each for each in BOT_SCOPES if each != scope])
    yield
    company.settled()
    company.sandbox.app("Response", scopes=list(BOT_SCOPES))


def said(company: Company, channel: Room, text: str) -> int:
    return sum(message.text == text for message in company.bo.sees(channel))


def refused() -> Delivery:
    return Delivery.objects.get(state="refused")


def log(incident: Incident) -> list[str]:
    """What was done about deliveries, as the activity log has it: "who: what"."""
    entries = incident.events.filter(metadata__update_type="delivery").select_related("author")
    return [f"{entry.author}: {entry.text}" for entry in entries if not entry.on_timeline]


def test_a_message_to_an_archived_channel_is_said_once_it_is_open_again(
    company: Company, incident: Incident, channel: Room, lee: Person
) -> None:
    company.bo.archives(channel)
    outbox.post(incident, "Is anybody there?")
    company.settled()
    delivery = refused()
    company.bo.does("unarchive", channel=channel.id)
    assert again.try_again(delivery.pk, by=lee)
    company.settled()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error, delivery.advice) == ("sent", 2, "", "")
    assert said(company, channel, "Is anybody there?") == 1
    assert log(incident) == [
        "Lee Leader: Tried again in Slack: a message in the channel (it was refused: chat.postMessage: is_archived)"
    ]


def test_what_is_refused_again_says_so_again(company: Company, incident: Incident, channel: Room, lee: Person) -> None:
    company.bo.archives(channel)
    outbox.post(incident, "Is anybody there?")
    company.settled()
    assert again.try_again(refused().pk, by=lee)
    company.settled()
    assert (refused().attempts, bool(refused().advice)) == (2, True)


def test_many_presses_at_once_are_one(company: Company, incident: Incident, channel: Room, lee: Person) -> None:
    company.bo.archives(channel)
    outbox.post(incident, "Is anybody there?")
    company.settled()
    number = refused().pk
    company.bo.does("unarchive", channel=channel.id)

    def press(_: int) -> bool:
        try:
            return again.try_again(number, by=lee)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fingers:
        pressed = list(fingers.map(press, range(8)))
    company.settled()
    assert sorted(pressed) == [False] * 7 + [True]
    assert said(company, channel, "Is anybody there?") == 1
    assert len(log(incident)) == 1


def test_what_was_given_up_after_a_day_is_not_said_twice(
    company: Company, incident: Incident, channel: Room, lee: Person
) -> None:
    company.sandbox.fault("lost", "chat.postMessage", times=1)  # it is there, and nobody knows
    company.sandbox.fault("error", "conversations.history", status=503)
    outbox.post(incident, "Is anybody there?")
    company.workspace.wait_for(lambda: Delivery.objects.filter(kind="post", state="sending", error__gt="").exists())
    Delivery.objects.filter(kind="post").update(created_at=F("created_at") - timedelta(days=2))
    company.settled()
    delivery = refused()
    company.sandbox.clear_faults()
    # Its mark holds the moment when it was made, and this test has moved that one.
    Delivery.objects.filter(pk=delivery.pk).update(created_at=F("created_at") + timedelta(days=2))
    assert again.try_again(delivery.pk, by=lee)
    company.settled()
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert said(company, channel, "Is anybody there?") == 1


def test_one_that_is_tried_again_has_a_day_like_a_new_one(
    company: Company, incident: Incident, channel: Room, lee: Person
) -> None:
    company.bo.archives(channel)
    outbox.post(incident, "Is anybody there?")
    company.settled()
    company.bo.does("unarchive", channel=channel.id)
    Delivery.objects.filter(state="refused").update(created_at=F("created_at") - timedelta(days=5))
    company.sandbox.fault("error", "chat.postMessage", status=503, times=2)
    assert again.try_again(refused().pk, by=lee)
    company.settled()
    assert said(company, channel, "Is anybody there?") == 1


def test_a_channel_that_was_refused_is_asked_for_as_by_the_button(
    company: Company, incident: Incident, lee: Person
) -> None:
    with without(company, "channels:manage"):
        company.bo.presses("create-comms-channel-button", in_message=company.headline())
        company.workspace.wait_for(lambda: Delivery.objects.filter(state="refused").exists())
    assert not CommsChannel.objects.exists()
    delivery = refused()
    assert again.try_again(delivery.pk, by=lee)
    company.settled()
    delivery.refresh_from_db()
    assert delivery.state == "dropped"
    assert CommsChannel.objects.get().is_ready
    assert {"URAE", "UBO"} <= set(company.sandbox.show_channel("inc-101")["members"])
    made = [channel["name"] for channel in company.sandbox.channels() if channel["name"].startswith("inc-")]
    assert made == ["inc-101"]


def test_a_channel_that_somebody_opened_meanwhile_is_not_made_twice(
    company: Company, incident: Incident, lee: Person
) -> None:
    with without(company, "channels:manage"):
        company.bo.presses("create-comms-channel-button", in_message=company.headline())
        company.workspace.wait_for(lambda: Delivery.objects.filter(state="refused").exists())
    company.open_channel(incident)
    assert again.try_again(refused().pk, by=lee)
    company.settled()
    made = [channel["name"] for channel in company.sandbox.channels() if channel["name"].startswith("inc-")]
    assert made == ["inc-101"]
    assert not Delivery.objects.filter(state="refused").exists()


def test_of_a_surface_only_the_newest_refusal_stays_and_trying_again_shows_what_is_true_now(
    company: Company, incident: Incident, lee: Person
) -> None:
    with without(company, "chat:write"):
        for level in (Severity.MINOR, Severity.MAJOR):
            actions.set_severity(incident, level, by=lee)
            company.settled()
    assert Delivery.objects.filter(kind="headline", state="refused").count() == 1
    delivery = refused()
    assert again.try_again(delivery.pk, by=lee)
    company.settled()
    assert "Severity: Major" in company.headline().all_text
    assert not Delivery.objects.filter(state="refused").exists()


def test_a_surface_that_came_through_by_itself_leaves_no_refusal(
    company: Company, incident: Incident, lee: Person
) -> None:
    with without(company, "chat:write"):
        actions.set_severity(incident, Severity.MINOR, by=lee)
    number = refused().pk
    actions.set_severity(incident, Severity.MAJOR, by=lee)
    company.settled()
    assert not Delivery.objects.filter(state="refused").exists()
    assert not again.try_again(number, by=lee)


def test_an_old_name_does_not_come_back_over_a_newer_one(
    company: Company, incident: Incident, channel: Room, lee: Person
) -> None:
    with without(company, "channels:manage"):
        company.asks(company.bo, channel, "rename payments")
        company.settled()
    number = refused().pk
    company.asks(company.bo, channel, "rename checkout")
    company.settled()
    assert again.try_again(number, by=lee)
    company.settled()
    assert company.sandbox.show_channel(channel.id)["name"] == "inc-checkout"
    assert not Delivery.objects.filter(state="refused").exists()


def test_a_name_that_was_refused_is_given_after_all(
    company: Company, incident: Incident, channel: Room, lee: Person
) -> None:
    with without(company, "channels:manage"):
        company.asks(company.bo, channel, "rename payments")
        company.settled()
    assert again.try_again(refused().pk, by=lee)
    company.settled()
    assert company.sandbox.show_channel(channel.id)["name"] == "inc-payments"


def invite_lee(incident: Incident) -> None:
    outbox.invite(incident, [Person.objects.known_as("ULEE")])


def tell_lee(incident: Incident) -> None:
    outbox.tell("ULEE", "Only for you", incident=incident)


@pytest.mark.parametrize(("scope", "ask"), [("channels:manage", invite_lee), ("chat:write", tell_lee)])
def test_what_is_not_a_post_is_done_once_too(
    company: Company, incident: Incident, channel: Room, lee: Person, scope: str, ask: Callable[[Incident], None]
) -> None:
    with without(company, scope):
        ask(incident)
        company.settled()
    kind = KINDS[refused().kind]
    since = company.sandbox.seq()
    assert again.try_again(refused().pk, by=lee)
    company.settled()
    assert [call["method"] for call in company.sandbox.calls(since=since)].count(kind.methods[-1]) == 1
    assert not Delivery.objects.exclude(state="sent").exists()


def test_what_is_left_undone_is_gone_from_sight_and_in_the_log(
    company: Company, incident: Incident, channel: Room, lee: Person
) -> None:
    company.bo.archives(channel)
    outbox.post(incident, "Is anybody there?")
    company.settled()
    delivery = refused()
    assert again.leave(delivery.pk, by=lee)
    assert not again.leave(delivery.pk, by=lee)
    assert not again.try_again(delivery.pk, by=lee)
    company.bo.does("unarchive", channel=channel.id)
    company.settled()
    assert said(company, channel, "Is anybody there?") == 0
    assert log(incident)[0].startswith("Lee Leader: Left undone in Slack: a message in the channel")


def test_only_what_was_refused_can_be_tried_again(company: Company, incident: Incident, lee: Person) -> None:
    company.settled()
    sent = Delivery.objects.filter(state="sent").values_list("pk", flat=True)[0]
    assert not again.try_again(sent, by=lee)
    assert not again.try_again(10**15, by=lee)
    assert log(incident) == []


def test_every_kind_has_words_for_people() -> None:
    assert [name for name, kind in KINDS.items() if not kind.what] == []
