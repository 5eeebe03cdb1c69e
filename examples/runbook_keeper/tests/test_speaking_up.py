"""What the plugin says by itself: a keyword, a reminder, and what follows from opening and closing."""

from response.core.models import Incident, Person
from response.plugins.testing import Actor, Clock, Company, Message, Room
from runbook_keeper import shelf
from runbook_keeper.models import Runbook


def said(who: Actor, channel: Room, words: str) -> list[Message]:
    return [message for message in who.sees(channel) if message.get("bot_id") and words in message.all_text]


def test_a_runbook_is_brought_up_once_in_an_incident(
    company: Company, bo: Actor, channel: Room, payments: Runbook
) -> None:
    for words in ("The Card  Gateway is slow", "Still the card gateway", "Payments fail everywhere"):
        bo.says(channel, words)
        company.settled()
    [hint] = said(bo, channel, "there is a runbook")
    assert hint.buttons == ["Attach Payments"]


def test_it_is_brought_up_again_in_another_incident(
    company: Company, bo: Actor, channel: Room, payments: Runbook
) -> None:
    other = company.open_channel(company.declare("Something else"))
    for where in (channel, other):
        bo.says(where, "Is it the card gateway?")
        bo.waits_for(where, "there is a runbook")


def test_a_bad_incident_without_a_runbook_is_asked_for_one_once(
    company: Company, bo: Actor, channel: Room, clock: Clock
) -> None:
    company.asks(bo, channel, "severity major")
    clock.passes(minutes=14)
    assert said(bo, channel, "No runbook is attached") == []
    for _ in range(4):
        clock.passes(minutes=5)
    [reminder] = said(bo, channel, "No runbook is attached")
    bo.presses("Attach a runbook", in_message=reminder)
    assert bo.modal().title == "Incident 1: runbook"


def test_it_is_asked_when_it_becomes_bad_and_not_when_there_is_one(
    company: Company, bo: Actor, incident: Incident, channel: Room, payments: Runbook, clock: Clock
) -> None:
    company.asks(bo, channel, "severity minor")
    clock.passes(minutes=30)
    shelf.attach(payments, incident, by=Person.objects.known_as(bo.id))
    company.asks(bo, channel, "severity critical")
    clock.passes(minutes=30)
    assert said(bo, channel, "No runbook is attached") == []


def test_a_new_channel_begins_with_what_was_attached_before(
    company: Company, bo: Actor, incident: Incident, payments: Runbook
) -> None:
    shelf.attach(payments, incident, by=Person.objects.known_as(bo.id))
    bo.waits_for(company.open_channel(incident), "To do: <https://wiki.example.org/payments|Payments>")


def test_closing_asks_for_a_runbook_or_for_a_better_one(
    company: Company, bo: Actor, incident: Incident, channel: Room, payments: Runbook
) -> None:
    company.asks(bo, channel, "close")
    assert bo.waits_for(channel, "There was no runbook for this.").buttons == ["Write a runbook"]
    company.asks(bo, channel, "reopen")
    shelf.attach(payments, incident, by=Person.objects.known_as(bo.id))
    company.asks(bo, channel, "close")
    bo.waits_for(channel, "Was the runbook right?")
