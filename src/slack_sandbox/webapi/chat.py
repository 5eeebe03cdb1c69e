"""chat.*: docs.slack.dev/reference/methods/chat.postMessage and its neighbours."""

from dataclasses import replace
from typing import Any

from slack_sandbox.acts.access import find_message, require_member, require_open, require_postable
from slack_sandbox.acts.compose import LONGEST_TEXT, Content, compose
from slack_sandbox.acts.messages import Draft, broadcast, delete, edit, post, post_ephemeral
from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.messages import message_payload, permalink
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.text.mrkdwn import as_stored
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.posting import METADATA, POSTING, find_target, make_draft, read_content, read_metadata
from slack_sandbox.webapi.registry import method

LONGEST_UPDATE = 4_000
CONTENT = ("text", "blocks", "attachments", "markdown_text")
ABSENT_FROM_UPDATES = frozenset(
    {"ts", "thread_ts", "reply_count", "reply_users_count", "reply_users", "latest_reply", "is_locked", "subscribed"}
)
"""The message that chat.update answers with does not say where it stands."""


@method(
    "chat.postMessage",
    "chat:write",
    errors=f"{POSTING} {METADATA} as_user_not_supported cannot_reply_to_message messages_tab_disabled"
    " msg_blocks_too_long",
    instead={"invalid_attachments": "invalid_arguments"},
)
def post_message(call: Call) -> Json:
    """Say something in a channel, or to a person by their user id."""
    if call.flag("as_user"):
        raise SlackError("as_user_not_supported")
    channel = find_target(call)
    content = read_content(call)
    draft = replace(make_draft(call, content), metadata=read_metadata(call), broadcast=call.flag("reply_broadcast"))
    message = post(call.hub, channel, call.me, draft)
    shown = message_payload(call.hub, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown} | _warning(content)


@method(
    "chat.postEphemeral",
    "chat:write",
    errors=f"{POSTING} cannot_reply_to_message invalid_attachments messages_tab_disabled msg_too_long"
    " user_not_in_channel",
    instead={"msg_blocks_too_long": "msg_too_long"},
)
def post_ephemeral_message(call: Call) -> Json:
    """Show something to one person in a channel."""
    channel = call.channel(by_name=True)
    require_open(channel)
    require_member(channel, call.me)
    require_postable(call.hub, channel, call.me)
    reader = call.hub.workspace.people.get(call.required("user", "user_not_in_channel"))
    if reader is None or reader.id not in channel.members:
        raise SlackError("user_not_in_channel")
    content = read_content(call)
    if content.was_truncated:
        raise SlackError("msg_too_long")
    return {"message_ts": post_ephemeral(call.hub, channel, call.me, reader, make_draft(call, content)).ts}


@method(
    "chat.update",
    "chat:write",
    errors=f"{METADATA} block_mismatch cant_broadcast_message cant_update_message channel_not_found"
    " edit_window_closed invalid_attachments invalid_blocks invalid_blocks_format is_inactive markdown_text_conflict"
    " message_not_found msg_too_long no_dual_broadcast_content_update no_text streaming_state_conflict"
    " too_many_attachments",
    instead={"msg_blocks_too_long": "msg_too_long", "is_archived": "is_inactive"},
)
def update(call: Call) -> Json:
    """Change an own message. Blocks and attachments stay unless given; an empty list takes them away."""
    channel = call.channel()
    message = find_message(channel, call.required("ts", "message_not_found"))
    require_open(channel)
    if call.flag("reply_broadcast"):
        if any(call.args.get(name) for name in CONTENT):
            raise SlackError("no_dual_broadcast_content_update")
        broadcast(call.hub, channel, message, call.me)
    else:
        edit(call.hub, channel, message, call.me, **_changes(call, message))
    shown = message_payload(call.hub, message, metadata=True)
    described = {key: value for key, value in shown.items() if key not in ABSENT_FROM_UPDATES}
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": described}


def _changes(call: Call, message: Message) -> Json:
    text, markdown = call.text("text"), call.text("markdown_text")
    if text is not None and len(text) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    content = read_content(call) if markdown is not None else _merged(call, message, text)
    changes: Json = {"text": content.text, "blocks": content.blocks, "attachments": content.attachments}
    if (metadata := read_metadata(call)) is not None:
        changes["metadata"] = metadata or None
    return changes


def _merged(call: Call, message: Message, text: str | None) -> Content:
    blocks, attachments = call.data("blocks", "invalid_blocks_format"), call.data("attachments", "invalid_attachments")
    if message.client_msg_id and not _is_rich(blocks):
        raise SlackError("block_mismatch")
    return compose(
        call.hub,
        text if text is not None or blocks else message.text,
        message.blocks if blocks is None and message.blocks else blocks,
        message.attachments if attachments is None else attachments,
        link=call.text("parse") != "none",
    )


def _is_rich(blocks: Any) -> bool:
    """Whether these could stand in a message that a person has written: nothing else may be put into it."""
    if not isinstance(blocks, list):
        return blocks is None
    return all(isinstance(block, dict) and block.get("type") == "rich_text" for block in blocks)


@method("chat.delete", "chat:write", errors="cant_delete_message channel_not_found message_not_found")
def delete_message(call: Call) -> Json:
    """Take back an own message."""
    channel = call.channel()
    message = find_message(channel, call.required("ts", "message_not_found"))
    delete(call.hub, channel, message, call.me)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", errors="channel_not_found message_not_found")
def get_permalink(call: Call) -> Json:
    """The address of a message."""
    channel = call.channel()
    message = find_message(channel, call.required("message_ts", "message_not_found"))
    return {"channel": channel.id, "permalink": permalink(call.hub, channel, message)}


@method(
    "chat.meMessage",
    "chat:write",
    errors="channel_not_found is_archived msg_too_long no_text not_in_channel",
    instead={"restricted_action": "not_in_channel", "messages_tab_disabled": "channel_not_found"},
)
def me_message(call: Call) -> Json:
    """Say what one does, in italics."""
    channel: Channel = find_target(call)
    text = call.required("text", "no_text")
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    draft = Draft(as_stored(text, call.hub.channel_name), subtype="me_message", via=call.app)
    return {"channel": channel.id, "ts": post(call.hub, channel, call.me, draft).ts}


def _warning(content: Content) -> Json:
    if not content.was_truncated:
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
