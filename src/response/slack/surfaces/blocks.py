"""Block Kit in the shapes that we use, within Slack's limits. https://docs.slack.dev/reference/block-kit"""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    DividerBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from response.plugins import Button
from response.slack.payloads import digest
from response.slack.text import cut

LONGEST_SECTION = 3000
LONGEST_BUTTON = 75
LONGEST_ROW = 25
LONGEST_VALUE = 2000
LINK = "link:"  # begins the action id of a button that only opens an address


def section(text: str, block_id: str | None = None) -> Block:
    """Return a paragraph of mrkdwn, cut to what a section takes."""
    return SectionBlock(text=MarkdownTextObject(text=cut(text, LONGEST_SECTION)), block_id=block_id)


def paragraphs(text: str) -> list[Block]:
    """Return a long text in as many sections as it takes, parted between lines."""
    parts = [""]
    for line in text.splitlines(keepends=True):
        if parts[-1] and len(parts[-1]) + len(line) > LONGEST_SECTION:
            parts.append("")
        parts[-1] += line
    return [section(part) for part in parts]


def divider() -> Block:
    return DividerBlock()


def actions(buttons: Sequence[Button | dict[str, Any]], block_id: str | None = None) -> list[Block]:
    """Return the buttons in rows: an action id may stand once in a row, and a row takes so many.

    What is a block element already stays as it is.
    """
    rows: list[list[Any]] = [[]]
    for each in buttons:
        if len(rows[-1]) == LONGEST_ROW or any(id_of(other) == id_of(each) for other in rows[-1]):
            rows.append([])
        rows[-1].append(each)
    elements = [[button(each) if isinstance(each, Button) else each for each in row] for row in rows if row]
    return [ActionsBlock(elements=row, block_id=None if number else block_id) for number, row in enumerate(elements)]


def id_of(element: Button | dict[str, Any]) -> Any:
    """Return an element's action id."""
    return action_id(element) if isinstance(element, Button) else element.get("action_id")


def action_id(wanted: Button) -> str:
    """Return a button's action id. Slack wants one, and tells of a press, even where an address is opened."""
    if wanted.url and not wanted.action_id:
        return f"{LINK}{digest(wanted.url)[:12]}"
    return wanted.action_id


def button(wanted: Button) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=cut(wanted.text, LONGEST_BUTTON), emoji=True),
        action_id=action_id(wanted),
        url=wanted.url or None,
        value=wanted.value[:LONGEST_VALUE] or None,
        style=wanted.style or None,
        confirm=question(wanted.confirm) if wanted.confirm else None,
    )


def question(text: str) -> ConfirmObject:
    return ConfirmObject(title="Are you sure?", text=PlainTextObject(text=cut(text, 300)), confirm="Yes", deny="No")


def rendered(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return the blocks as Slack takes them."""
    return [block.to_dict() for block in blocks]
