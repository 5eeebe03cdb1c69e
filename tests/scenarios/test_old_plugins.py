"""Plugins that were written for the original: the README's samples, and a package for version 0.5.1."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import Model
from django.db.models.signals import post_save

from response.core.models import Action, Incident
from response.plugins import discovery, registry
from response.plugins.discovery import Found
from response.plugins.testing import Clock, Company, LoadPlugin, Room, reactions
from response.plugins.testing.loading import only_within
from response.slack.block_kit import Section
from tests.old_plugin.models import Escalation

# As the original's README prints them; only the imports are added. For events it prints none and points at handlers
# of this shape; of the button's, the archived page shows what stands before `datetime.now()`.
README = """
import json
from datetime import datetime

from response.core.models import Incident
from response.slack.decorators import (
    action_handler,
    event_handler,
    incident_command,
    keyword_handler,
    recurring_notification,
)
from response.slack.models import CommsChannel


@incident_command(['duration'], helptext='How long has this incident been running?')
def update_duration(incident: Incident, user_id: str, message: str):
    duration = incident.duration()

    comms_channel = CommsChannel.objects.get(incident=incident)
    comms_channel.post_in_channel(f"⏱ The incident has been running for {duration}")

    return True, None


@recurring_notification(interval_mins=30, max_notifications=10)
def take_a_break(incident: Incident):
    comms_channel = CommsChannel.objects.get(incident=incident)
    comms_channel.post_in_channel("👋 30 minutes have elapsed. Think about taking a few minutes away from the screen.")


@keyword_handler(['runbook', 'run book'])
def runbook_notification(comms_channel: CommsChannel, user: str, text: str, ts: str):
    comms_channel.post_in_channel("📗 If you're looking for our runbooks they can be found here https://...")


@event_handler("pin_added")
def handle_pin(incident: Incident, payload: json):
    comms_channel = CommsChannel.objects.get(incident=incident)
    comms_channel.post_in_channel(f"📌 {payload['item']['message']['text']}")


@action_handler("close-incident-button")
def handle_close_incident(incident: Incident, user_id: str, message: json) -> json:
    incident.end_time = datetime.now()
    incident.save()
"""


@pytest.fixture
def readme(plugin: LoadPlugin) -> None:
    """The README's five samples."""
    plugin(README)


@pytest.mark.usefixtures("readme")
def test_the_readmes_command_runs_as_printed(company: Company, channel: Room) -> None:
    said = company.asks(company.bo, channel, "duration")
    assert reactions(said) == ["white_check_mark"]
    company.bo.waits_for(channel, "The incident has been running for")


@pytest.mark.usefixtures("readme")
def test_the_readmes_reminder_runs_as_printed(company: Company, channel: Room, clock: Clock) -> None:
    for _ in range(3):
        clock.passes(minutes=30)
        clock.passes(minutes=1)  # one that waits for another comes a minute later
    assert len([m for m in company.bo.sees(channel) if "30 minutes have elapsed" in m.text]) == 3


@pytest.mark.usefixtures("readme")
def test_the_readmes_keyword_runs_as_printed(company: Company, channel: Room) -> None:
    company.bo.says(channel, "Where is the Run  Book?")
    company.bo.waits_for(channel, "If you're looking for our runbooks")


@pytest.mark.usefixtures("readme")
def test_the_readmes_event_runs_as_printed(company: Company, channel: Room) -> None:
    company.bo.pins(company.bo.says(channel, "It was the deploy"))
    company.bo.waits_for(channel, ":pushpin: It was the deploy")


@pytest.mark.usefixtures("readme")
def test_the_readmes_button_runs_as_printed(company: Company, incident: Incident) -> None:
    company.bo.presses("close-incident-button", in_message=company.headline())
    company.bo.waits_for(company.incidents, "Status: Resolved")
    incident.refresh_from_db()
    assert incident.end_time is not None
    assert incident.elapsed() < timedelta(minutes=1)
    assert incident.timeline_events().last().author.external_id == company.bo.id


@pytest.fixture
def old_plugin() -> Iterator[None]:
    """The plugin for version 0.5.1, loaded."""
    with only_within():
        discovery.load_one(Found("old", "tests/old_plugin", "tests.old_plugin.handlers"))
        yield


pytestmark = pytest.mark.usefixtures("old_plugin")


def test_an_old_command_makes_actions_and_entries(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, f"owner {company.lee.mention}")
    company.bo.waits_for(channel, f"{company.lee.mention} has it (1)")
    [action] = incident.action_items()
    assert (action.details, action.user.external_id) == ("Write to customers", "ULEE")
    entry = incident.timeline_events().last()
    assert entry.metadata["update_type"] == "owner"
    assert entry.text.endswith("owns the next action")


def test_an_old_pair_says_what_was_not_understood(company: Company, channel: Room) -> None:
    assert reactions(company.asks(company.bo, channel, "owner nobody")) == ["question"]
    company.bo.waits_for(channel, "I need somebody to give this to.")


def test_an_old_time_without_a_zone_closes_the_incident(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "over")
    company.bo.waits_for(channel, "no severity")
    incident.refresh_from_db()
    assert incident.is_closed()


def test_old_help_lists_every_command(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "manual")
    assert "`owner` -  Give somebody the next action" in company.bo.waits_for(channel, "`severity, sev`").text


def test_an_old_rename_is_done_by_the_outbox(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "room cards are down")
    company.workspace.find_channel("inc-cards-are-down")
    company.settled()
    assert incident.comms_channel().channel_name == "inc-cards-are-down"


def test_an_old_keyword_handler_gets_five_arguments(company: Company, channel: Room) -> None:
    company.bo.says(channel, "Who updates the StatusPage?")
    company.bo.waits_for(channel, f"{company.bo.id} said statuspage: <https://status.example.org>")


def test_an_old_event_handler_writes_through_the_outbox(company: Company, channel: Room) -> None:
    said = company.bo.says(channel, "Look at this")
    company.bo.reacts(said, "eyes")
    company.bo.waits_for(channel, f"{company.bo.mention} looks at it")
    company.settled()
    assert set(reactions(company.bo.again(said))) == {"eyes", "robot_face"}


def test_old_reminders_come_as_often_as_promised(company: Company, channel: Room, clock: Clock) -> None:
    for _ in range(4):
        clock.passes(minutes=45)
        clock.passes(minutes=1)
    said = [message.text for message in company.bo.sees(channel)]
    assert (said.count(":person_in_lotus_position: Stretch."), said.count(":footprints: Did you tell support?")) == (
        2,
        1,
    )


def invite_bot(company: Company) -> None:
    """Bring our bot into #incidents, so that it may say there what one person sees."""
    company.bo.does("invite", channel=company.incidents.id, user=company.bot)


def test_an_old_dialog_is_a_modal_and_reaches_its_handler_as_texts(company: Company, incident: Incident) -> None:
    invite_bot(company)
    company.bo.presses("Escalate", in_message=company.headline())
    modal = company.bo.modal()
    assert modal["title"]["text"] == "Escalate Incident 1"
    assert company.bo.submits({"Team": "Network", "Who": "ULEE"}) == {}
    assert company.bo.waits_for(company.incidents, "Told net and ULEE").is_ephemeral
    [escalation] = Escalation.objects.all()
    assert (escalation.incident, escalation.team, escalation.reason) == (incident, "net", None)
    assert escalation.escalated_by.external_id == company.bo.id


def test_old_blocks_are_posted_and_their_buttons_answer(company: Company, incident: Incident) -> None:
    invite_bot(company)
    company.bo.presses("Escalate", in_message=company.headline())
    company.bo.submits({"Team": "Database"})
    posted = company.bo.waits_for(company.incidents, "*Escalated to* db")
    assert posted.text == "Escalated to db"
    assert [block["type"] for block in posted.blocks] == ["section", "divider", "section", "actions"]
    company.bo.presses("Again", in_message=posted)
    again = company.bo.waits_for(company.incidents, "Again: Payments are failing")
    assert again.is_ephemeral
    assert again.text.endswith("(1, 1, Escalated to db, True)")


def test_an_old_headline_button_asks_its_own_question(company: Company, incident: Incident) -> None:
    [actions] = [block for block in company.headline().blocks if block["type"] == "actions"]
    [button] = [element for element in actions["elements"] if element["action_id"] == "escalate-button"]
    assert button["confirm"]["confirm"]["text"] == "Wake them"
    assert [element["action_id"] for element in actions["elements"]].index("escalate-button") == 1


def test_what_old_plugins_read_of_slack_is_there(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "survey")
    said = dict(line.split(" ", 1) for line in company.bo.waits_for(channel, "handle UBO").text.splitlines())
    assert said == {
        "handle": company.bo.id,
        "channel": f"inc-101 {channel.id}",
        "nowhere": "None",
        "bot": "True",
        "headlines": company.incidents.id,
        "mail": "Lee Leader",
        "profile": "<mailto:lee@example.org|lee@example.org>",
        "people": f"{len(company.sandbox.people())} 2",
        "reference": f"<#{channel.id}|inc-101>",
        "names": "@Lee Leader @Lee Leader :fire:",
        "refused": "missing_scope",
        "commands": "True",
    }


def test_what_old_plugins_write_to_slack_is_done(company: Company, incident: Incident, channel: Room) -> None:
    invite_bot(company)
    company.asks(company.bo, channel, "furnish")
    company.bo.waits_for(channel, "Furnishing")
    assert company.bo.waits_for(channel, "Slack's answer has no `ts` yet").is_ephemeral
    company.bo.waits_for(company.incidents, "Furnished under the headline")
    company.settled()
    shown = company.sandbox.show_channel(channel.name)
    assert shown["topic"] == "Furnished"
    assert company.lee.id in shown["members"]
    room = company.sandbox.show_channel("war-room")
    assert company.bot not in room["members"]
    assert "The war room" in [message["text"] for message in company.sandbox.messages("war-room")]
    pinned = incident.timeline_events().filter(event_type="slack_pin")
    assert [entry.text for entry in pinned] == ["Pinned by hand"]
    assert incident.participants.get(user__external_id=company.lee.id).message_count == 2


def test_an_old_plugin_opens_an_incident_with_its_channel(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "elsewhere The cards are down")
    company.bo.waits_for(channel, "live major :cloud_with_rain:️ danger")
    company.workspace.find_channel("inc-102")
    company.bo.waits_for(company.incidents, "Incident 2 is live, major: The cards are down")
    other = Incident.objects.get(pk=2)
    assert (str(other.reporter), other.summary, other.start_time) == ("Rae Reporter", "As this one", other.report_time)


def test_an_old_menu_reaches_a_handler_of_the_first_version(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "choose")
    asked = company.bo.waits_for(channel, "Whose is it?")
    assert "*Team*\nWhose is it?" in asked.all_text
    company.bo.presses("Which team?", in_message=asked, value="Database")
    company.bo.waits_for(channel, f"{company.bo.mention} chose in Which team? (True)")


def test_old_handlers_are_registered_and_removed_by_hand(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "byhand")
    company.bo.waits_for(channel, "Registered by hand.")
    assert registry.actions.get("never-button") is None


def test_djangos_signals_tell_old_plugins_of_incidents_and_actions(company: Company, channel: Room) -> None:
    told: list[tuple[str, bool]] = []

    def note(sender: type[Model], instance: Model, created: bool, **_: object) -> None:
        told.append((f"{sender.__name__}: {instance}", created))

    post_save.connect(note, sender=Incident)
    post_save.connect(note, sender=Action)
    try:
        company.asks(company.bo, channel, "severity minor")
        company.asks(company.bo, channel, "action tell support")
    finally:
        post_save.disconnect(note, sender=Incident)
        post_save.disconnect(note, sender=Action)
    assert told == [("Incident: Payments are failing", False), ("Action: tell support", True)]


@pytest.mark.parametrize("wanted", ["report_only", "private"])
def test_what_is_not_kept_of_the_originals_incidents_says_so(company: Company, wanted: str) -> None:
    with pytest.raises(ValueError, match=rf"Incidents are not kept as {wanted}=True. Leave it out"):
        Incident.objects.create_incident("Only a report", "UBO", **{wanted: True})


def test_an_empty_old_section_is_refused_as_it_was() -> None:
    with pytest.raises(ValueError, match="A section needs a text, an accessory or fields"):
        Section().serialize()
