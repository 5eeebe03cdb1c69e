"""What an app sends, made into what is stored: text, blocks, attachments."""

from dataclasses import dataclass
from typing import Any

from slack_sandbox.blocks.check import check_blocks
from slack_sandbox.blocks.complete import complete, fallback
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.text.mrkdwn import as_stored

LONGEST_TEXT = 40_000
MOST_ATTACHMENTS = 100
TEXTS = ("author_name", "color", "fallback", "footer", "pretext", "text", "title")
"""What of an attachment is shown only when it is text."""


@dataclass(frozen=True)
class Content:
    """Text, blocks and attachments as stored."""

    text: str
    blocks: list[Json] | None
    attachments: list[Json] | None
    was_truncated: bool = False


def compose(
    hub: Hub,
    text: str | None,
    blocks: Any = None,
    attachments: Any = None,
    *,
    link: bool = True,
    unique: bool = True,
) -> Content:
    """Check and parse. Raises `no_text`, `invalid_blocks`, `msg_blocks_too_long`, `too_many_attachments` ..."""
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    stored = _blocks(hub, blocks, unique=unique) if blocks else None
    if not text:
        text = fallback(stored or [])
    elif len(text) > LONGEST_TEXT:
        return Content(
            as_stored(text[:LONGEST_TEXT], hub.channel_name, link=link),
            stored,
            check_attachments(hub, attachments),
            was_truncated=True,
        )
    else:
        text = as_stored(text, hub.channel_name, link=link)
    return Content(text, stored, check_attachments(hub, attachments))


def _blocks(hub: Hub, blocks: Any, *, unique: bool) -> list[Json]:
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    check_blocks(blocks, unique=unique)
    return complete(blocks, hub.channel_name)


def check_attachments(hub: Hub, attachments: Any) -> list[Json] | None:
    """Attachments as stored. Raises `invalid_attachments` or `too_many_attachments`."""
    if not attachments:
        return None
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return [_attachment(hub, number, each) for number, each in enumerate(attachments, 1)]


def _attachment(hub: Hub, number: int, attachment: Json) -> Json:
    given = {name: value for name, value in attachment.items() if name not in TEXTS or isinstance(value, str)}
    stored = {"id": number, "fallback": "[no preview available]", **given}
    if attachment.get("blocks"):
        stored["blocks"] = _blocks(hub, attachment["blocks"], unique=False)
    for field in ("text", "pretext"):
        if field in stored:
            stored[field] = as_stored(stored[field], hub.channel_name)
    if "color" in stored:
        stored["color"] = stored["color"].removeprefix("#")
    return stored
