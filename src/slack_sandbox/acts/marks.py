"""Reactions, pins and bookmarks."""

from slack_sandbox.acts.access import require_member, require_open
from slack_sandbox.acts.messages import post_system
from slack_sandbox.announce.channels import channel_shown, pin_changed, reaction_changed
from slack_sandbox.announce.messages import message_shown_again
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id
from slack_sandbox.payloads.messages import message_payload, permalink
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import SYSTEM_SUBTYPES, Message
from slack_sandbox.state.person import Person
from slack_sandbox.text.emoji import is_name

MOST_EMOJI = 50
"""Different ones on a message. This and the next number are Slack's help centre's, not the method's page's."""
MOST_REACTIONS = 23
"""Of one person on a message."""
MOST_PINS = 100
MOST_BOOKMARKS = 100


def react(hub: Hub, channel: Channel, message: Message, name: str, by: Person) -> None:
    """Add a reaction."""
    require_open(channel)
    if not is_name(name):
        raise SlackError("invalid_name")
    reactions = message.reactions or {}
    if by.id in reactions.get(name, ()):
        raise SlackError("already_reacted")
    if name not in reactions and len(reactions) >= MOST_EMOJI:
        raise SlackError("too_many_emoji")
    if sum(by.id in people for people in reactions.values()) >= MOST_REACTIONS:
        raise SlackError("too_many_reactions")
    message.reactions = {**reactions, name: [*reactions.get(name, ()), by.id]}
    reaction_changed(hub, channel, message, by.id, name, added=True)
    message_shown_again(hub, channel, message)


def unreact(hub: Hub, channel: Channel, message: Message, name: str, by: Person) -> None:
    """Take a reaction back."""
    reactions = dict(message.reactions or {})
    if by.id not in reactions.get(name, ()):
        raise SlackError("no_reaction")
    reactions[name] = [user for user in reactions[name] if user != by.id]
    message.reactions = {each: users for each, users in reactions.items() if users} or None
    reaction_changed(hub, channel, message, by.id, name, added=False)
    message_shown_again(hub, channel, message)


def pin(hub: Hub, channel: Channel, message: Message, by: Person) -> None:
    """Pin a message; a grey line says so."""
    require_member(channel, by)
    if message.subtype in SYSTEM_SUBTYPES:
        raise SlackError("not_pinnable")
    if channel.is_pinned(message.ts):
        raise SlackError("already_pinned")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    added = {"ts": message.ts, "created": int(hub.clock.now()), "created_by": by.id}
    channel.pins = [added, *channel.pins]
    pin_changed(hub, channel, message, added, by.id, added=True)
    item = pin_item(hub, channel, added)
    text = f"<@{by.id}> pinned a message to this channel."
    post_system(hub, channel, by, "pinned_item", text, item_type="C", item=item)
    message_shown_again(hub, channel, message)


def unpin(hub: Hub, channel: Channel, message: Message, by: Person) -> None:
    """Take a pin away."""
    require_member(channel, by)
    removed = next((pin for pin in channel.pins if pin["ts"] == message.ts), None)
    if removed is None:
        raise SlackError("no_pin")
    channel.pins = [pin for pin in channel.pins if pin is not removed]
    pin_changed(hub, channel, message, removed, by.id, added=False)
    message_shown_again(hub, channel, message)


def pin_item(hub: Hub, channel: Channel, pin: Json) -> Json:
    """A pin as pins.list gives it."""
    message = channel.log.by_ts[pin["ts"]]
    described = {**message_payload(hub, message), "permalink": permalink(hub, channel, message)}
    item = {"type": "message", "channel": channel.id, "message": described}
    return {**item, "created": pin["created"], "created_by": pin["created_by"]}


def add_bookmark(hub: Hub, channel: Channel, fields: Json, by: Person) -> Json:
    """Put a link above the channel."""
    if len(channel.bookmarks) >= MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    now = int(hub.clock.now())
    app = hub.workspace.app_of_bot(by.id)
    bookmark: Json = {
        "id": new_id("Bk"),
        "channel_id": channel.id,
        "title": fields["title"],
        "link": fields["link"],
        "emoji": fields.get("emoji") or "",
        "icon_url": "",
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": f"U{len(channel.bookmarks)}",
        "last_updated_by_user_id": by.id,
        "last_updated_by_team_id": hub.workspace.team.id,
        "shortcut_id": None,
        "app_id": app.id if app else None,
    }
    channel.bookmarks = [*channel.bookmarks, bookmark]
    channel_shown(hub, channel)
    return bookmark


def edit_bookmark(hub: Hub, channel: Channel, bookmark: Json, fields: Json, by: Person) -> None:
    """Change a bookmark's title, link or emoji."""
    bookmark.update({key: value for key, value in fields.items() if value is not None})
    bookmark |= {"date_updated": int(hub.clock.now()), "last_updated_by_user_id": by.id}
    channel_shown(hub, channel)


def remove_bookmark(hub: Hub, channel: Channel, bookmark: Json) -> None:
    """Take a bookmark away."""
    channel.bookmarks = [each for each in channel.bookmarks if each is not bookmark]
    channel_shown(hub, channel)
