"""`@incident runbook`."""

from response.core.models import Incident
from response.plugins.testing import Actor, Company, Room, reactions
from runbook_keeper import shelf
from runbook_keeper.models import Attachment, Runbook


def test_a_runbook_is_added_with_its_address_and_found_by_a_part_of_its_name(
    company: Company, lee: Actor, channel: Room
) -> None:
    lee.joins(channel)
    company.asks(lee, channel, "runbook Payments gateway <https://wiki.example.org/pay?a=1&amp;b=2>")
    assert "Attach Payments gateway" in lee.waits_for(channel, "Added: ").buttons
    company.settled()
    added = Runbook.objects.get()
    assert (added.name, added.url) == ("Payments gateway", "https://wiki.example.org/pay?a=1&b=2")
    assert str(added.added_by) == "Lee Leader"
    company.asks(lee, channel, "runbook gateway")
    lee.waits_for(channel, lambda message: message.text == f":green_book: {added.link().replace('&', '&amp;')}")


def test_a_name_that_is_taken_is_told_with_its_link(
    company: Company, bo: Actor, channel: Room, payments: Runbook
) -> None:
    assert reactions(company.asks(bo, channel, "runbook PAYMENTS https://other.example.org")) == ["question"]
    assert bo.waits_for(channel, "There is a runbook of that name already").is_ephemeral
    assert Runbook.objects.count() == 1


def test_what_is_not_there_says_how_to_add_it(company: Company, bo: Actor, channel: Room) -> None:
    company.asks(bo, channel, "runbook database")
    bo.waits_for(channel, "There is no runbook “database”. Add it: `@incident runbook database &lt;address&gt;`.")
    company.asks(bo, channel, "runbook https://wiki.example.org")
    bo.waits_for(channel, "What is it called?")


def test_the_list_is_for_who_asked(company: Company, bo: Actor, channel: Room) -> None:
    company.asks(bo, channel, "runbooks")
    assert bo.waits_for(channel, "There are none yet.").is_ephemeral
    Runbook.objects.create(name="Database", text="Restart it.")
    company.asks(bo, channel, "runbooks")
    assert bo.waits_for(channel, "/plugins/runbook_keeper/1/|Database").is_ephemeral


def test_what_was_found_is_attached_by_its_button(
    company: Company, bo: Actor, incident: Incident, channel: Room, payments: Runbook
) -> None:
    company.asks(bo, channel, "runbook pay")
    offer = bo.waits_for(channel, "wiki.example.org/payments")
    bo.presses("Attach Payments", in_message=offer)
    bo.waits_for(channel, "attached the runbook")
    bo.presses("Attach Payments", in_message=offer)
    bo.waits_for(channel, "is attached to incident 1 already")
    assert [str(each) for each in shelf.attached_to(incident)] == ["Payments"]
    assert str(Attachment.objects.get().by) == "Bo Watcher"
    assert incident.timeline_events().last().text.startswith("Runbook attached: ")
