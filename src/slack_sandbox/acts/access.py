"""Finding things, and who may."""

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import Person


def find_channel(
    hub: Hub, reference: str, by: Person, error: str = "channel_not_found", *, by_name: bool = True
) -> Channel:
    """The channel of an id, and unless only ids count of a `#name` or name. What one may not see is not found."""
    channel = hub.workspace.channels.get(reference)
    if channel is None and by_name:
        channel = hub.workspace.channel_named(reference.removeprefix("#"))
    if channel is None or not channel.is_visible_to(by.id):
        raise SlackError(error)
    return channel


def find_person(hub: Hub, user_id: str, error: str = "user_not_found") -> Person:
    """The person with this id."""
    person = hub.workspace.people.get(user_id)
    if person is None:
        raise SlackError(error)
    return person


def find_message(channel: Channel, ts: str, error: str = "message_not_found") -> Message:
    """The message of a channel with this ts."""
    message = channel.log.get(ts)
    if message is None or message.subtype == "tombstone":
        raise SlackError(error)
    return message


def require_member(channel: Channel, by: Person) -> None:
    """Only those in the channel."""
    if by.id not in channel.members:
        raise SlackError("not_in_channel")


def require_open(channel: Channel) -> None:
    """Not in an archived channel."""
    if channel.is_archived:
        raise SlackError("is_archived")


def require_named(channel: Channel) -> None:
    """Not in direct messages."""
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")


def require_direct(channel: Channel) -> None:
    """Only in direct messages."""
    if not channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")


def require_postable(hub: Hub, channel: Channel, by: Person) -> None:
    """Not where the workspace or an app lets nobody write."""
    if channel.is_general and hub.workspace.team.who_can_post_general == "admin" and not by.is_admin:
        raise SlackError("restricted_action")
    if channel.kind == "im":
        ends = [by.id, channel.other_than(by.id)]
        apps = [app for app in map(hub.workspace.app_of_bot, ends) if app is not None]
        if any(not app.messages_tab for app in apps):
            raise SlackError("messages_tab_disabled")
