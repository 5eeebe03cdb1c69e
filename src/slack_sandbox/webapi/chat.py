"""chat.*: docs.slack.dev/reference/methods/chat.postMessage and its neighbours."""

import json
from dataclasses import replace

from slack_sandbox.acts.access import find_message, require_member, require_open
from slack_sandbox.acts.channels import open_direct
from slack_sandbox.acts.compose import Content, compose
from slack_sandbox.acts.messages import Draft, delete, edit, post, post_ephemeral
from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.messages import message_payload, permalink
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

LONGEST_UPDATE = 4_000
LARGEST_METADATA = 16_000
ABSENT_FROM_UPDATES = frozenset(
    {"ts", "thread_ts", "reply_count", "reply_users_count", "reply_users", "latest_reply", "is_locked", "subscribed"}
)
"""The message that chat.update answers with does not say where it stands."""


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    """Say something in a channel, or to a person by their user id."""
    channel = _target(call)
    require_open(channel)
    if call.me.id not in channel.members and not (channel.kind == "public" and call.app.may("chat:write.public")):
        raise SlackError("not_in_channel")
    content = _content(call)
    draft = replace(_draft(call, content), metadata=_metadata(call), broadcast=call.flag("reply_broadcast"))
    message = post(call.hub, channel, call.me, draft)
    shown = message_payload(call.hub, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown} | _warning(content)


@method("chat.postEphemeral", "chat:write")
def post_ephemeral_message(call: Call) -> Json:
    """Show something to one person in a channel."""
    channel = call.channel()
    require_open(channel)
    require_member(channel, call.me)
    reader = call.hub.workspace.people.get(call.required("user", "user_not_in_channel"))
    if reader is None or reader.id not in channel.members:
        raise SlackError("user_not_in_channel")
    draft = _draft(call, _content(call))
    return {"message_ts": post_ephemeral(call.hub, channel, call.me, reader, draft).ts}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """Change an own message. Blocks and attachments stay unless given; an empty list takes them away."""
    channel = call.channel()
    message = find_message(channel, call.required("ts", "message_not_found"))
    text = call.text("text")
    if text is not None and len(text) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    blocks, attachments = call.data("blocks", "invalid_blocks_format"), call.data("attachments", "invalid_attachments")
    content = compose(
        call.hub,
        text if text is not None or blocks else message.text,
        message.blocks if blocks is None and message.blocks else blocks,
        message.attachments if attachments is None else attachments,
        link=call.text("parse") != "none",
    )
    changes: Json = {"text": content.text, "blocks": content.blocks, "attachments": content.attachments}
    if (metadata := _metadata(call)) is not None:
        changes["metadata"] = metadata
    edit(call.hub, channel, message, call.me, **changes)
    shown = message_payload(call.hub, message, metadata=True)
    described = {key: value for key, value in shown.items() if key not in ABSENT_FROM_UPDATES}
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": described}


@method("chat.delete", "chat:write")
def delete_message(call: Call) -> Json:
    """Take back an own message."""
    channel = call.channel()
    message = find_message(channel, call.required("ts", "message_not_found"))
    delete(call.hub, channel, message, call.me)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    """The address of a message."""
    channel = call.channel()
    message = find_message(channel, call.required("message_ts", "message_not_found"))
    return {"channel": channel.id, "permalink": permalink(call.hub, channel, message)}


def _target(call: Call) -> Channel:
    """A channel by id or name, or the direct message with a person."""
    reference = call.required("channel", "channel_not_found")
    person = call.hub.workspace.people.get(reference)
    if person is not None:
        return open_direct(call.hub, [call.me, person])[0]
    return call.channel()


def _content(call: Call) -> Content:
    markdown, text = call.text("markdown_text"), call.text("text")
    blocks = call.data("blocks", "invalid_blocks_format")
    if markdown is not None:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    attachments = call.data("attachments", "invalid_attachments")
    return compose(call.hub, text, blocks, attachments, link=call.text("parse") != "none")


def _draft(call: Call, content: Content) -> Draft:
    username, emoji, url = call.text("username"), call.text("icon_emoji"), call.text("icon_url")
    if username or emoji or url:
        call.need("chat:write.customize")
        username = username or call.app.name
    icons = {"emoji": emoji} if emoji else ({"image_64": url} if url else None)
    return Draft(
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=call.text("thread_ts"),
        username=username,
        icons=icons,
    )


def _metadata(call: Call) -> Json | None:
    metadata = call.data("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def _warning(content: Content) -> Json:
    if not content.was_truncated:
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
