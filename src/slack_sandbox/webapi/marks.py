"""reactions.*, pins.* and bookmarks.*"""

import re

from slack_sandbox.acts import marks as acts
from slack_sandbox.acts.access import find_message, require_member, require_open
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.ids import is_ts
from slack_sandbox.payloads.messages import message_payload, permalink
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

LONGEST_TITLE = 256
EMOJI = re.compile(r":[^\s:]+:")
LONGEST_LINK = 2048
ITEM = "bad_timestamp channel_not_found message_not_found no_item_specified"
OUTSIDE = {"not_in_channel": "channel_not_found"}
"""Methods that have no other name for a channel that one is not in."""
BOOKMARK = "channel_not_found permission_denied"
NOT_THERE = {"not_in_channel": "permission_denied", "is_archived": "permission_denied"}


def _message(call: Call, channel: Channel) -> Message:
    ts = call.required("timestamp", "no_item_specified")
    if not is_ts(ts):
        raise SlackError("bad_timestamp")
    return find_message(channel, ts)


def _reacted(call: Call) -> tuple[Channel, Message, str]:
    name = call.required("name", "invalid_name").strip(":")
    channel = call.channel()
    require_member(channel, call.me)
    return channel, _message(call, channel), name


@method(
    "reactions.add",
    "reactions:write",
    errors=f"{ITEM} already_reacted invalid_name is_archived too_many_emoji too_many_reactions",
    instead=OUTSIDE,
)
def add_reaction(call: Call) -> Json:
    """React to a message."""
    channel, message, name = _reacted(call)
    acts.react(call.hub, channel, message, name, call.me)
    return {}


@method("reactions.remove", "reactions:write", errors=f"{ITEM} invalid_name no_reaction", instead=OUTSIDE)
def remove_reaction(call: Call) -> Json:
    """Take an own reaction back."""
    channel, message, name = _reacted(call)
    acts.unreact(call.hub, channel, message, name, call.me)
    return {}


@method("reactions.get", "reactions:read", errors=ITEM)
def get_reactions(call: Call) -> Json:
    """A message with its reactions."""
    channel = call.channel()
    message = _message(call, channel)
    described = message_payload(call.hub, message) | {"permalink": permalink(call.hub, channel, message)}
    return {"type": "message", "channel": channel.id, "message": described}


@method("reactions.list", "reactions:read", errors="user_not_found")
def list_reactions(call: Call) -> Json:
    """The messages somebody has reacted to, newest first."""
    user = call.person().id if call.text("user") else call.me.id
    seen = [c for c in call.hub.workspace.channels.values() if call.me.id in c.members]
    found = [(c, m) for c in seen for m in c.log if any(user in each for each in (m.reactions or {}).values())]
    found.sort(key=lambda item: item[1].ts, reverse=True)
    limit = call.number("limit", 100, 999)
    items = [
        {"type": "message", "channel": channel.id, "message": message_payload(call.hub, message)}
        for channel, message in found[:limit]
    ]
    return {"items": items, "response_metadata": {"next_cursor": ""}}


@method(
    "pins.add",
    "pins:write",
    errors=f"{ITEM} already_pinned not_in_channel not_pinnable restricted_action too_many_pins",
    instead={"is_archived": "restricted_action"},
)
def add_pin(call: Call) -> Json:
    """Pin a message."""
    channel = call.channel()
    require_open(channel)
    require_member(channel, call.me)
    acts.pin(call.hub, channel, _message(call, channel), call.me)
    return {}


@method("pins.remove", "pins:write", errors=f"{ITEM} no_pin", instead=OUTSIDE)
def remove_pin(call: Call) -> Json:
    """Take a pin away."""
    channel = call.channel()
    require_member(channel, call.me)
    acts.unpin(call.hub, channel, _message(call, channel), call.me)
    return {}


@method("pins.list", "pins:read", errors="channel_not_found")
def list_pins(call: Call) -> Json:
    """What is pinned, newest pin first."""
    channel = call.channel()
    return {"items": [acts.pin_item(call.hub, channel, pin) for pin in channel.pins]}


@method(
    "bookmarks.add",
    "bookmarks:write",
    errors=f"{BOOKMARK} invalid_bookmark_type invalid_emoji invalid_link too_many_bookmarks",
    instead=NOT_THERE,
)
def add_bookmark(call: Call) -> Json:
    """Put a link above a channel."""
    channel = _bookmarked(call)
    if call.required("type", "invalid_bookmark_type") != "link":
        raise SlackError("invalid_bookmark_type")
    fields = _fields(call) | {"title": call.required("title"), "link": _link(call.required("link", "invalid_link"))}
    return {"bookmark": dict(acts.add_bookmark(call.hub, channel, fields, call.me))}


@method(
    "bookmarks.edit", "bookmarks:write", errors=f"{BOOKMARK} invalid_emoji invalid_link not_found", instead=NOT_THERE
)
def edit_bookmark(call: Call) -> Json:
    """Change a bookmark."""
    channel = _bookmarked(call)
    bookmark = _bookmark(call, channel)
    acts.edit_bookmark(call.hub, channel, bookmark, _fields(call), call.me)
    return {"bookmark": dict(bookmark)}


@method("bookmarks.remove", "bookmarks:write", errors=f"{BOOKMARK} not_found", instead=NOT_THERE)
def remove_bookmark(call: Call) -> Json:
    """Take a bookmark away."""
    channel = _bookmarked(call)
    acts.remove_bookmark(call.hub, channel, _bookmark(call, channel))
    return {}


@method(
    "bookmarks.list",
    "bookmarks:read",
    errors="access_denied channel_not_found",
    instead={"not_in_channel": "access_denied"},
)
def list_bookmarks(call: Call) -> Json:
    """A channel's bookmarks."""
    return {"bookmarks": [dict(bookmark) for bookmark in _bookmarked(call).bookmarks]}


def _bookmarked(call: Call) -> Channel:
    channel = call.channel("channel_id")
    require_member(channel, call.me)
    return channel


def _bookmark(call: Call, channel: Channel) -> Json:
    wanted = call.required("bookmark_id", "not_found")
    for bookmark in channel.bookmarks:
        if bookmark["id"] == wanted:
            return bookmark
    raise SlackError("not_found")


def _fields(call: Call) -> Json:
    title, link, emoji = call.text("title"), call.text("link"), call.text("emoji")
    if title is not None and len(title) > LONGEST_TITLE:
        raise invalid_arguments(f"[ERROR] must be less than {LONGEST_TITLE + 1} characters [json-pointer:/title]")
    if emoji is not None and not EMOJI.fullmatch(emoji):
        raise SlackError("invalid_emoji")
    return {"title": title, "link": _link(link) if link else None, "emoji": emoji}


def _link(link: str) -> str:
    if len(link) > LONGEST_LINK or not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    return link
