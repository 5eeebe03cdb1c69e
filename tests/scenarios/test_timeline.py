"""What stands on the timeline, and what becomes of it."""

from response.core.models import Incident, TimelineEvent
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company


def pinned(incident: Incident) -> list[str]:
    return list(incident.events.filter(event_type="slack_pin", on_timeline=True).values_list("text", flat=True))


def test_a_pushpin_puts_a_message_on_the_timeline_and_takes_it_away(
    company: Company, incident: Incident, channel: Room
) -> None:
    said = company.bo.says(channel, "The deploy did it")
    company.bo.reacts(said, "pushpin")
    company.workspace.wait_for(lambda: pinned(incident) == ["The deploy did it"])
    company.bo.unreacts(said, "pushpin")
    company.workspace.wait_for(lambda: pinned(incident) == [])


def test_a_message_stays_while_anything_holds_it(company: Company, incident: Incident, channel: Room) -> None:
    said = company.bo.says(channel, "The deploy did it")
    company.bo.pins(said)
    company.bo.reacts(said, "round_pushpin")
    company.settled()
    company.bo.unpins(said)
    company.settled()
    assert pinned(incident) == ["The deploy did it"]
    company.bo.unreacts(said, "round_pushpin")
    company.workspace.wait_for(lambda: pinned(incident) == [])


def test_another_reaction_means_nothing(company: Company, incident: Incident, channel: Room) -> None:
    company.bo.reacts(company.bo.says(channel, "Lunch?"), "eyes")
    company.settled()
    assert pinned(incident) == []


def test_a_later_edit_is_followed_and_the_first_words_are_kept(
    company: Company, incident: Incident, channel: Room
) -> None:
    said = company.bo.says(channel, "The deploy did it")
    company.bo.pins(said)
    company.workspace.wait_for(lambda: pinned(incident))
    company.bo.edits(said, "The *second* deploy did it")
    company.workspace.wait_for(lambda: pinned(incident) == ["The *second* deploy did it"])
    assert incident.events.get(event_type="slack_pin").metadata["first_text"] == "The deploy did it"


def test_a_deleted_message_leaves_the_timeline_and_stays_in_the_log(
    company: Company, incident: Incident, channel: Room
) -> None:
    said = company.bo.says(channel, "The deploy did it")
    company.bo.pins(said)
    company.workspace.wait_for(lambda: pinned(incident))
    company.bo.deletes(said)
    company.workspace.wait_for(lambda: pinned(incident) == [])
    company.settled()
    assert not TimelineEvent.objects.filter(event_type="slack_pin", on_timeline=True).exists()


def test_what_our_bot_said_can_be_pinned(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "severity critical")
    reply = company.bo.waits_for(channel, lambda m: m.get("bot_id") and "Severity is now" in m.text)
    company.bo.pins(reply)
    company.workspace.wait_for(lambda: any("Severity is now" in text for text in pinned(incident)))


def test_unpinning_takes_exactly_that_entry_away(company: Company, incident: Incident, channel: Room) -> None:
    first, second = company.bo.says(channel, "first"), company.bo.says(channel, "second")
    company.asks(company.bo, channel, "timeline third")
    for message in (first, second):
        company.bo.pins(message)
    company.workspace.wait_for(lambda: len(pinned(incident)) == 2)
    company.bo.unpins(first)
    company.workspace.wait_for(lambda: pinned(incident) == ["second"])
    assert incident.events.filter(text="third", on_timeline=True).count() == 1


def test_participants_count_what_people_say_and_nothing_else(
    company: Company, incident: Incident, channel: Room
) -> None:
    company.lee.joins(channel)
    said = company.lee.says(channel, "one")
    company.lee.says(channel, "two", thread=said)
    company.lee.edits(said, "one, edited")
    company.lee.does("topic", channel=channel.id, topic="Something else")
    company.settled()
    counts = {str(each.user): each.message_count for each in incident.participants.all()}
    assert counts["Lee Leader"] == 2
    assert counts["Bo Watcher"] == 0
    assert all(each.join_time for each in incident.participants.all())


def test_a_rename_in_slack_is_followed(company: Company, incident: Incident, channel: Room) -> None:
    company.sandbox.person("bo", is_admin=True)  # others may only rename what they made
    company.bo.does("rename", channel=channel.id, name="payments-are-down")
    company.workspace.wait_for(lambda: Incident.objects.filter(commschannel__channel_name="payments-are-down").exists())


def test_an_archive_in_slack_is_followed(company: Company, incident: Incident, channel: Room) -> None:
    company.bo.archives(channel)
    company.workspace.wait_for(lambda: Incident.objects.filter(commschannel__is_archived=True).exists())
