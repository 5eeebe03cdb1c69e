"""Blocks of messages, modals and home tabs. Limits: docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Mapping

from slack_sandbox.blocks.elements import ACCESSORY, ACTIONS, ALL, CONTEXT_ACTIONS, INPUTS
from slack_sandbox.blocks.newer import CELL, NEWER
from slack_sandbox.blocks.objects import ANY, BLOCK_ID, BOOL, SLACK_FILE, URL, plain, text
from slack_sandbox.blocks.rich import RICH_TEXT
from slack_sandbox.blocks.rules import Extra, Findings, Items, Rule, Shape, Str, Typed, listed, one_of, some_of
from slack_sandbox.shapes import Json

ICON_OR_TEXT = Typed({"image": ALL.kinds["image"], "plain_text": text(), "mrkdwn": text()})


def block(
    required: Mapping[str, Rule] | None = None, optional: Mapping[str, Rule] | None = None, *extras: Extra
) -> Shape:
    """A block's own fields beside `type` and `block_id`."""
    return Shape({"type": ANY, **(required or {})}, {"block_id": BLOCK_ID, **(optional or {})}, extras)


def column_settings_fit(value: Json, at: str, found: Findings) -> None:
    """Every row of a table is as long as the first; settings are for columns that exist."""
    rows = [row for row in listed(value, "rows") if isinstance(row, list)]
    if len({len(row) for row in rows}) > 1:
        found.add("all rows must have the same number of columns", f"{at}/rows")
    elif rows and len(listed(value, "column_settings")) > len(rows[0]):
        found.add("more column settings than columns", f"{at}/column_settings")


BLOCKS: dict[str, Rule] = {
    "section": block(
        {},
        {"text": text(3000), "fields": Items(text(2000), 10, 1), "accessory": ACCESSORY, "expand": BOOL},
        some_of("text", "fields"),
    ),
    "header": block({"text": plain(150)}, {"level": ANY}),
    "divider": block(),
    "image": block(
        {"alt_text": Str(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        one_of("image_url", "slack_file"),
    ),
    "context": block({"elements": Items(ICON_OR_TEXT, 10, 1)}),
    "actions": block({"elements": Items(ACTIONS, 25, 1)}),
    "context_actions": block({"elements": Items(CONTEXT_ACTIONS, 5, 1)}),
    "input": block(
        {"label": plain(2000), "element": INPUTS},
        {"hint": plain(2000), "optional": BOOL, "dispatch_action": BOOL},
    ),
    "file": block({"external_id": Str(), "source": Str()}, {"file_id": Str()}),
    "markdown": block({"text": Str(12000, 1)}),
    "rich_text": RICH_TEXT,
    "video": block(
        {"alt_text": Str(200, 1), "title": plain(200), "thumbnail_url": URL, "video_url": URL},
        {
            "author_name": Str(50),
            "description": plain(200),
            "provider_icon_url": URL,
            "provider_name": Str(50),
            "title_url": URL,
        },
    ),
    "table": block({"rows": Items(Items(CELL, 20), 100)}, {"column_settings": Items(ANY, 20)}, column_settings_fit),
    "call": block({"call_id": Str()}, {"call": ANY, "api_decoration_available": BOOL}),
}
BLOCKS |= NEWER
BLOCKS["container"] = block(
    {"title": plain(150), "child_blocks": Items(Typed(dict(BLOCKS)), 10)},
    {
        "subtitle": text(150),
        "width": Str(),
        "icon": ANY,
        "is_collapsible": BOOL,
        "default_collapsed": BOOL,
        "has_header_divider": BOOL,
    },
)
IN_MESSAGES = Typed(BLOCKS)
IN_VIEWS = Typed({name: rule for name, rule in BLOCKS.items() if name not in ("file", "call", "table")})
