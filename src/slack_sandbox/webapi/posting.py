"""What the methods that post have in common: where to, what, as whom."""

import json
from typing import Any

from slack_sandbox.acts.access import require_open, require_postable
from slack_sandbox.acts.channels import open_direct
from slack_sandbox.acts.compose import Content, compose
from slack_sandbox.acts.messages import Draft
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.webapi.call import Call

LARGEST_METADATA = 16_000
POSTING = (
    "channel_not_found is_archived not_in_channel no_text invalid_blocks invalid_blocks_format too_many_attachments"
    " markdown_text_conflict restricted_action"
)
"""Errors of every method that posts."""
METADATA = "invalid_metadata_format invalid_metadata_schema metadata_too_large"


def find_target(call: Call) -> Channel:
    """A channel by id or name, or the direct message with a person; checked that one may post there."""
    reference = call.required("channel", "channel_not_found")
    person = call.hub.workspace.people.get(reference)
    channel = open_direct(call.hub, [call.me, person])[0] if person is not None else call.channel(by_name=True)
    require_open(channel)
    if call.me.id not in channel.members and not (channel.kind == "public" and _may_reach_public(call)):
        raise SlackError("not_in_channel")
    require_postable(call.hub, channel, call.me)
    return channel


def _may_reach_public(call: Call) -> bool:
    return call.caller.kind == "bot" and call.caller.may("chat:write.public")


def read_content(call: Call) -> Content:
    """Text, blocks and attachments of a call."""
    markdown, text = call.text("markdown_text"), call.text("text")
    blocks = call.data("blocks", "invalid_blocks_format")
    if markdown is not None:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    attachments = call.data("attachments", "invalid_attachments")
    return compose(call.hub, text, blocks, attachments, link=call.text("parse") != "none")


def make_draft(call: Call, content: Content) -> Draft:
    """What is to be posted, with another name and picture if the call asks for them and may."""
    username, emoji, url = call.text("username"), call.text("icon_emoji"), call.text("icon_url")
    if username or emoji or url:
        call.need("chat:write.customize")
        username = username or call.app.name
    return Draft(
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=call.text("thread_ts"),
        username=username,
        icons={"emoji": emoji} if emoji else ({"image_64": url} if url else None),
        via=call.app,
        unfurls=call.flag("unfurl_links", default=call.caller.kind == "user"),
    )


def read_metadata(call: Call) -> Json | None:
    """Message metadata; None when there is none to set, an empty object when it is to go."""
    metadata: Any = call.data("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None if metadata is None else {}
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}
