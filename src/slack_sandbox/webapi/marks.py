"""reactions.*, pins.* and bookmarks.*"""

from slack_sandbox.acts import marks as acts
from slack_sandbox.acts.access import find_message, require_member
from slack_sandbox.errors import SlackError
from slack_sandbox.ids import is_ts
from slack_sandbox.payloads.messages import message_payload, permalink
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

LONGEST_TITLE = 256
LONGEST_LINK = 2048


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


@method("reactions.add", "reactions:write")
def add_reaction(call: Call) -> Json:
    """React to a message."""
    channel, message, name = _reacted(call)
    acts.react(call.hub, channel, message, name, call.me)
    return {}


@method("reactions.remove", "reactions:write")
def remove_reaction(call: Call) -> Json:
    """Take an own reaction back."""
    channel, message, name = _reacted(call)
    acts.unreact(call.hub, channel, message, name, call.me)
    return {}


@method("reactions.get", "reactions:read")
def get_reactions(call: Call) -> Json:
    """A message with its reactions."""
    channel = call.channel()
    message = _message(call, channel)
    described = message_payload(call.hub, message) | {"permalink": permalink(call.hub, channel, message)}
    return {"type": "message", "channel": channel.id, "message": described}


@method("reactions.list", "reactions:read")
def list_reactions(call: Call) -> Json:
    """The messages somebody has reacted to, newest first."""
    user = call.text("user") or call.me.id
    seen = [c for c in call.hub.workspace.channels.values() if call.me.id in c.members]
    found = [(c, m) for c in seen for m in c.log if any(user in each for each in (m.reactions or {}).values())]
    found.sort(key=lambda item: item[1].ts, reverse=True)
    limit = call.number("limit", 100, 999)
    items = [
        {"type": "message", "channel": channel.id, "message": message_payload(call.hub, message)}
        for channel, message in found[:limit]
    ]
    return {"items": items, "response_metadata": {"next_cursor": ""}}


@method("pins.add", "pins:write")
def add_pin(call: Call) -> Json:
    """Pin a message."""
    channel = call.channel()
    require_member(channel, call.me)
    acts.pin(call.hub, channel, _message(call, channel), call.me)
    return {}


@method("pins.remove", "pins:write")
def remove_pin(call: Call) -> Json:
    """Take a pin away."""
    channel = call.channel()
    require_member(channel, call.me)
    acts.unpin(call.hub, channel, _message(call, channel), call.me)
    return {}


@method("pins.list", "pins:read")
def list_pins(call: Call) -> Json:
    """What is pinned, newest pin first."""
    channel = call.channel()
    return {"items": [acts.pin_item(call.hub, channel, pin) for pin in channel.pins]}


@method("bookmarks.add", "bookmarks:write")
def add_bookmark(call: Call) -> Json:
    """Put a link above a channel."""
    channel = _bookmarked(call)
    if call.required("type", "invalid_bookmark_type") != "link":
        raise SlackError("invalid_bookmark_type")
    fields = _fields(call) | {"title": call.required("title"), "link": _link(call.required("link", "invalid_link"))}
    return {"bookmark": acts.add_bookmark(call.hub, channel, fields, call.me)}


@method("bookmarks.edit", "bookmarks:write")
def edit_bookmark(call: Call) -> Json:
    """Change a bookmark."""
    channel = _bookmarked(call)
    bookmark = _bookmark(call, channel)
    acts.edit_bookmark(call.hub, channel, bookmark, _fields(call), call.me)
    return {"bookmark": bookmark}


@method("bookmarks.remove", "bookmarks:write")
def remove_bookmark(call: Call) -> Json:
    """Take a bookmark away."""
    channel = _bookmarked(call)
    acts.remove_bookmark(call.hub, channel, _bookmark(call, channel))
    return {}


@method("bookmarks.list", "bookmarks:read")
def list_bookmarks(call: Call) -> Json:
    """A channel's bookmarks."""
    return {"bookmarks": _bookmarked(call).bookmarks}


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
    title, link = call.text("title"), call.text("link")
    if title is not None and len(title) > LONGEST_TITLE:
        raise SlackError("invalid_arguments")
    return {"title": title, "link": _link(link) if link else None, "emoji": call.text("emoji")}


def _link(link: str) -> str:
    if len(link) > LONGEST_LINK or not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    return link
