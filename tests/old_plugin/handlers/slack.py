from datetime import datetime

from django.conf import settings

from response.core.models import Incident
from response.slack.block_kit import Actions, Message, Section, StaticSelect, StaticSelectOption, Text
from response.slack.cache import get_user_profile_by_email, update_user_cache
from response.slack.client import SlackClient, SlackError
from response.slack.decorators import action_handler, get_commands, incident_command, remove_action_handler
from response.slack.models import CommsChannel, HeadlinePost, PinnedMessage, UserStats
from response.slack.reference_utils import channel_reference, slack_to_human_readable, user_ref_to_username


@incident_command(["survey"], helptext="What is known")
def survey(incident: Incident, user_id: str, message: str):
    client: SlackClient = settings.SLACK_CLIENT
    channel = CommsChannel.objects.get(incident=incident)
    update_user_cache(exclude_bots=True)
    try:
        client.get_usergroup_id("sre")
    except SlackError as error:
        refused = error.slack_error
    return True, "\n".join(
        [
            f"handle {client.get_user_id('bo')}",
            f"channel {client.get_channel_name(channel.channel_id)} {client.get_channel_id(channel.channel_name)}",
            f"nowhere {client.get_channel_id('no-such-channel')}",
            f"bot {client.get_slack_token_owner() == settings.INCIDENT_BOT_ID}",
            f"headlines {settings.INCIDENT_CHANNEL_ID}",
            f"mail {get_user_profile_by_email('lee@example.org')['fullname']}",
            f"profile {client.get_user_profile('ULEE')['email']}",
            f"people {len(client.users_list()['members'])} {len(client.get_paginated_users(limit=2)['members'])}",
            f"reference {channel_reference(channel.channel_id)}",
            f"names {user_ref_to_username('ULEE')} {slack_to_human_readable('<@ULEE> :fire:')}",
            f"refused {refused}",
            f"commands {'survey' in get_commands()}",
        ]
    )


@incident_command(["furnish"], helptext="Everything that is written")
def furnish(incident: Incident, user_id: str, message: str):
    client = settings.SLACK_CLIENT
    channel = incident.comms_channel()
    client.set_channel_topic(channel.channel_id, "Furnished")
    client.invite_user_to_channel("ULEE", channel.channel_id)
    said = client.send_message(channel.channel_id, "Furnishing", attachments=[{"text": "with an attachment"}])
    try:
        said["ts"]
    except SlackError as error:
        client.send_ephemeral_message(channel.channel_id, user_id, error.message)
    room = client.get_or_create_channel("war-room")
    client.join_channel(room)
    client.send_message(room, "The war room")
    client.leave_channel(room)
    headline = HeadlinePost.objects.get(incident=incident)
    headline.post_to_thread("Furnished under the headline")
    headline.update_in_slack()
    PinnedMessage.objects.add_pin(incident, "1600000000.000100", user_id, "Pinned by hand")
    PinnedMessage.objects.add_pin(incident, "1600000000.000200", user_id, "Pinned and gone")
    PinnedMessage.objects.remove_pin(incident, "1600000000.000200")
    UserStats.objects.increment_message_count(incident, "ULEE")
    UserStats.objects.increment_message_count(incident, "ULEE")
    return True, None


@incident_command(["elsewhere"], helptext="Another incident")
def elsewhere(incident: Incident, user_id: str, message: str):
    other = Incident.objects.create_incident(
        report=message,
        reporter=incident.reporter,
        report_time=datetime.now(),
        report_only=False,
        summary="As this one",
        severity="2",
    )
    CommsChannel.objects.create_comms_channel(other)
    return True, f"{other.status_text()} {other.severity_text()} {other.severity_emoji()} {other.badge_type()}"


@incident_command(["choose"], helptext="Choose a team")
def choose(incident: Incident, user_id: str, message: str):
    menu = StaticSelect(
        [StaticSelectOption("Network", "net"), StaticSelectOption("Database", 7)], "choose-team", "Which team?"
    )
    asked = Message()
    asked.set_fallback_text("Which team?")
    asked.add_block(Section(text=Text("Whose is it?", title="Team", add_new_line=True)))
    asked.add_block(Actions(elements=[menu]))
    asked.send(incident.comms_channel().channel_id)
    return True, None


# As the first version called it.
@action_handler("choose-team")
def chosen(incident: Incident, user_id: str, message: dict, trigger_id: str):
    incident.comms_channel().post_in_channel(f"<@{user_id}> chose in {message['text']} ({bool(trigger_id)})")


def never(ac):
    raise AssertionError("it was removed")


action_handler("never-button", never)
remove_action_handler("never-button")


def by_hand(incident: Incident, user_id: str, message: str):
    return True, "Registered by hand."


incident_command(["byhand"], by_hand, helptext="Registered without a decorator")
