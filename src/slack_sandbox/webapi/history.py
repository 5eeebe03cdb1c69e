"""conversations.history and conversations.replies."""

from slack_sandbox.acts.access import require_member
from slack_sandbox.errors import SlackError
from slack_sandbox.ids import is_ts
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.log import span
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import decode, encode
from slack_sandbox.webapi.registry import method

HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


@method(
    "conversations.history",
    *HISTORY,
    errors="channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest not_in_channel",
)
def history(call: Call) -> Json:
    """A channel's messages, newest first; replies only where they were sent to the channel too."""
    channel = _readable(call)
    oldest, latest, inclusive = _span(call)
    found = channel.log.between(oldest, latest, inclusive=inclusive)
    limit = call.number("limit", 100, 999)
    if cursor := call.text("cursor"):
        until = _position(cursor)
        found = [ts for ts in found if ts <= until]
    some, rest = found[-limit:], found[:-limit]
    answer: Json = {
        "messages": _shown(call, channel, list(reversed(some))),
        "has_more": bool(rest),
        "pin_count": len(channel.pins),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    } | {name: value for name in ("oldest", "latest") if (value := call.text(name))}
    answer["response_metadata"] = {"next_cursor": encode("next_ts", rest[-1].replace(".", "")) if rest else ""}
    return answer


@method(
    "conversations.replies",
    *HISTORY,
    errors="channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest thread_not_found",
    instead={"not_in_channel": "channel_not_found"},
)
def replies(call: Call) -> Json:
    """A thread: the parent, then the replies, oldest first. The ts of a reply finds that reply alone."""
    channel = _readable(call)
    ts = call.required("ts", "thread_not_found")
    parent = channel.log.get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    oldest, latest, inclusive = _span(call)
    found = span(channel.log.threads.get(ts, []), oldest, latest, inclusive=inclusive)
    limit = call.number("limit", 1000, 1000)
    if cursor := call.text("cursor"):
        start = _position(cursor)
        found = [each for each in found if each >= start]
    some, rest = found[: max(limit - 1, 1)], found[max(limit - 1, 1) :]
    answer: Json = {"messages": _shown(call, channel, [ts, *some]), "has_more": bool(rest)}
    answer["response_metadata"] = {"next_cursor": encode("next_ts", rest[0].replace(".", "")) if rest else ""}
    return answer


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_for(channel, "history")
    if call.caller.kind == "bot" or channel.kind != "public":
        require_member(channel, call.me)  # a person may read along in any public channel
    return channel


def _span(call: Call) -> tuple[str, str, bool]:
    oldest, latest = call.text("oldest") or "", call.text("latest") or ""
    if oldest and not is_ts(oldest):
        raise SlackError("invalid_ts_oldest")
    if latest and not is_ts(latest):
        raise SlackError("invalid_ts_latest")
    return ("" if oldest == "0" else oldest), latest, call.flag("inclusive")


def _position(cursor: str) -> str:
    digits = decode(cursor, "next_ts")
    if not digits.isdecimal() or len(digits) < 7:
        raise SlackError("invalid_cursor")
    return f"{digits[:-6]}.{digits[-6:]}"


def _shown(call: Call, channel: Channel, timestamps: list[str]) -> list[Json]:
    metadata = call.flag("include_all_metadata")
    return [message_payload(call.hub, channel.log.by_ts[ts], metadata=metadata) for ts in timestamps]
