"""Whether Slack would take the blocks of a message."""

from collections.abc import Iterator
from typing import Any

from slack_sandbox.blocks.kinds import IN_MESSAGES
from slack_sandbox.blocks.rules import Findings, Items
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json

MESSAGE = Items(IN_MESSAGES, 50)
MARKDOWN = 12_000
MOST_CHARACTERS = 13_200
"""Not on Slack's pages: blocks that are each legal are refused together beyond this."""


def look_at_blocks(blocks: Any, at: str = "/blocks", *, unique: bool = True) -> Findings:
    """What is wrong with the blocks of a message."""
    found = Findings()
    MESSAGE.check(blocks, at, found)
    if not found.problems and sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN:
        found.add(f"markdown must be less than {MARKDOWN + 1} characters in all", at)
    if unique and not found.problems:
        check_unique(blocks, at, found)
    return found


def check_blocks(blocks: list[Json], *, unique: bool = True) -> None:
    """Raise `invalid_blocks` or `msg_blocks_too_long` as chat.postMessage does.

    `unique=False` for response URLs, which do not mind block ids that repeat.
    """
    found = look_at_blocks(blocks, unique=unique)
    if found.problems:
        plain = [f"{problem} [json-pointer:{at}]" for problem, at in found.problems]
        raise SlackError("invalid_blocks", errors=plain, response_metadata={"messages": found.messages})
    if sum(len(each) for each in texts(blocks)) > MOST_CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def check_unique(blocks: list[Json], at: str, found: Findings) -> None:
    """Block ids are unique in a message or view, action ids within a block."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            found.add(f"`block_id` {block_id!r} already exists for another block", f"{at}/{index}/block_id")
        seen.add(block_id or "")
        actions = [element["action_id"] for element in elements(block) if element.get("action_id")]
        for action_id in {action for action in actions if actions.count(action) > 1}:
            found.add(f"`action_id` {action_id!r} already exists for another element", f"{at}/{index}")


def check_focus(blocks: list[Json], at: str, found: Findings) -> None:
    """Only one element of a view has the focus when it opens."""
    if sum(element.get("focus_on_load") is True for block in blocks for element in elements(block)) > 1:
        found.add("only one element may have focus_on_load", at)


def elements(block: Json) -> Iterator[Json]:
    """What can be pressed, chosen or filled in within a block."""
    for each in (block.get("accessory"), block.get("element"), *(block.get("elements") or ())):
        if isinstance(each, dict):
            yield each


def texts(value: Any) -> Iterator[str]:
    """Every text inside blocks, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
