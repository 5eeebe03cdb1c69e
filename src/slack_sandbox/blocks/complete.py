"""What Slack adds to blocks it has taken: ids, flags, links in brackets."""

from typing import Any

from slack_sandbox.blocks.check import elements
from slack_sandbox.ids import new_secret
from slack_sandbox.shapes import Json
from slack_sandbox.text.mrkdwn import ChannelName, as_stored

WITHOUT_ACTION = frozenset({"image", "plain_text", "mrkdwn", "url"})
INTERACTIVE_BLOCKS = frozenset({"section", "actions", "input", "context_actions"})


def complete(blocks: list[Json], channel_name: ChannelName) -> list[Json]:
    """A copy of checked blocks, as the API returns them."""
    return [_complete_block(block, channel_name) for block in blocks]


def _complete_block(block: Json, channel_name: ChannelName) -> Json:
    if block["type"] == "rich_text":
        return {"type": "rich_text", "block_id": block.get("block_id") or new_secret(5), **block}
    done: Json = _stored(block, channel_name)
    done["block_id"] = block.get("block_id") or new_secret(5)
    if done["type"] in INTERACTIVE_BLOCKS:
        for element in elements(done):
            if element.get("type") not in WITHOUT_ACTION:
                element["action_id"] = element.get("action_id") or new_secret(5)
    if done["type"] == "input":
        done.setdefault("optional", False)
        done.setdefault("dispatch_action", False)
    return done


def _stored(value: Any, channel_name: ChannelName) -> Any:
    if isinstance(value, list):
        return [_stored(item, channel_name) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "plain_text":
        return {"emoji": True, **value}
    if value.get("type") == "mrkdwn":
        verbatim = bool(value.get("verbatim"))
        stored = as_stored(value["text"], channel_name, link=not verbatim)
        return {**value, "text": stored, "verbatim": verbatim}
    return {key: _stored(item, channel_name) for key, item in value.items() if item is not None}


def fallback(blocks: list[Json]) -> str:
    """The text of a message that came with blocks only."""
    lines = []
    for block in blocks:
        parts = [block.get("text"), *(block.get("fields") or ())]
        if block["type"] == "context":
            parts += block["elements"]
        lines += [part["text"] if isinstance(part, dict) else part for part in parts if _has_text(part)]
    return " ".join(lines)


def _has_text(part: Any) -> bool:
    return isinstance(part, str) or (isinstance(part, dict) and isinstance(part.get("text"), str))
