"""chat.startStream, appendStream and stopStream: messages that are written while one reads."""

from typing import Any

from slack_sandbox.acts import streams as acts
from slack_sandbox.acts.access import find_message
from slack_sandbox.acts.messages import Draft
from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.posting import METADATA, find_target, read_metadata
from slack_sandbox.webapi.registry import method

STREAMING = "channel_not_found invalid_chunks msg_blocks_too_long"
RUNNING = f"{STREAMING} message_not_found message_not_in_streaming_state message_not_owned_by_app"


@method(
    "chat.startStream",
    "chat:write",
    tokens="bot",
    errors=f"{STREAMING} is_archived missing_recipient_team_id missing_recipient_user_id not_in_channel"
    " restricted_action messages_tab_disabled user_not_found",
    instead={"cannot_reply_to_message": "restricted_action"},
)
def start(call: Call) -> Json:
    """Begin a message in a thread; in a channel one says for whom."""
    channel = find_target(call)
    if not channel.is_direct:
        call.required("recipient_team_id", "missing_recipient_team_id")
        if call.required("recipient_user_id", "missing_recipient_user_id") not in call.hub.workspace.people:
            raise SlackError("user_not_found")
    draft = Draft(thread_ts=call.text("thread_ts"), via=call.app, streaming=True)
    message = acts.start(call.hub, channel, call.me, draft, _pieces(call))
    return {"channel": channel.id, "ts": message.ts}


@method("chat.appendStream", "chat:write", tokens="bot", errors=f"{RUNNING} no_text")
def append(call: Call) -> Json:
    """Write on."""
    channel, message = _running(call)
    pieces = _pieces(call)
    if not pieces:
        raise SlackError("no_text")
    acts.append(call.hub, channel, message, pieces)
    return {"channel": channel.id, "ts": message.ts}


@method(
    "chat.stopStream",
    "chat:write",
    tokens="bot",
    errors=f"{RUNNING} {METADATA} invalid_blocks",
    instead={"invalid_blocks_format": "invalid_blocks"},
)
def stop(call: Call) -> Json:
    """Finish it, with blocks under it if one wants."""
    channel, message = _running(call)
    blocks: Any = call.data("blocks", "invalid_blocks")
    acts.stop(call.hub, channel, message, _pieces(call), blocks=blocks, metadata=read_metadata(call))
    return {"channel": channel.id, "ts": message.ts, "message": message_payload(call.hub, message)}


def _running(call: Call) -> tuple[Channel, Message]:
    channel = call.channel()
    message = find_message(channel, call.required("ts", "message_not_found"))
    if message.app_id != call.app.id:
        raise SlackError("message_not_owned_by_app")
    if not message.streaming:
        raise SlackError("message_not_in_streaming_state")
    return channel, message


def _pieces(call: Call) -> list[Json]:
    """Text and tasks in the order in which they are to be read."""
    chunks: Any = call.data("chunks", "invalid_chunks") or []
    if not isinstance(chunks, list) or not all(acts.is_chunk(chunk) for chunk in chunks):
        raise SlackError("invalid_chunks")
    text = call.text("markdown_text")
    if text and len(text) > acts.LONGEST_PIECE:
        raise SlackError("msg_blocks_too_long")
    return [*([{"type": "markdown_text", "text": text}] if text else []), *chunks]
