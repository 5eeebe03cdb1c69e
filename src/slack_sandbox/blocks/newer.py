"""Blocks Slack has added since 2025: cards, alerts, plans, data tables and charts."""

from slack_sandbox.blocks.elements import ALL
from slack_sandbox.blocks.objects import ANY, BLOCK_ID, BOOL, text
from slack_sandbox.blocks.rich import RICH_TEXT
from slack_sandbox.blocks.rules import Findings, Items, Num, Rule, Shape, Str, Typed, listed
from slack_sandbox.shapes import Json

STATUS = Str(among=frozenset({"pending", "in_progress", "complete", "error"}))
OLD: dict[str, Rule] = {"type": ANY}
NAMED: dict[str, Rule] = {"block_id": BLOCK_ID}

TASK: dict[str, Rule] = {
    "details": ANY,
    "output": ANY,
    "sources": Items(ALL.only("url")),
    "status": STATUS,
}
TASK_NAME: dict[str, Rule] = {"task_id": Str(), "title": Str()}

CARD = Shape(
    OLD,
    {
        **NAMED,
        "hero_image": ALL.only("image"),
        "icon": ANY,
        "slack_icon": ANY,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Items(ALL.only("button"), 3),
    },
)

CELL = Typed(
    {
        "raw_text": Shape({"type": ANY, "text": Str(least=1)}),
        "raw_number": Shape({"type": ANY, "value": Num(kinds=(int, float))}, {"text": Str(least=1)}),
        "rich_text": RICH_TEXT,
    }
)
LABEL = Str(20)
NUMBER = Num(kinds=(int, float))
POINT = Shape({"label": LABEL, "value": NUMBER})
SERIES = Items(Shape({"name": LABEL, "data": Items(POINT, 20, 1)}), 12, 1)
AXES = Shape({"categories": Items(LABEL, 20, 1)}, {"x_label": Str(50), "y_label": Str(50)})
PLOT = Shape({"type": ANY, "series": SERIES, "axis_config": AXES})
SEGMENT = Shape({"label": LABEL, "value": Num(above=0, kinds=(int, float))})
CHART = Typed(
    {
        "pie": Shape({"type": ANY, "segments": Items(SEGMENT, 12, 1)}),
        **dict.fromkeys(("bar", "line", "area"), PLOT),
    }
)


def fits_a_data_table(value: Json, at: str, found: Findings) -> None:
    """Rows of equal length, and 20,000 characters in all."""
    rows = [row for row in listed(value, "rows") if isinstance(row, list)]
    if len({len(row) for row in rows}) > 1:
        found.add("all rows must have the same number of columns", f"{at}/rows")
    cells = [cell for row in rows for cell in row if isinstance(cell, dict)]
    if sum(len(str(cell.get("text") or "")) for cell in cells) > 20_000:
        found.add("must be less than 20001 characters", f"{at}/rows")


NEWER: dict[str, Rule] = {
    "alert": Shape({**OLD, "text": text(200)}, {**NAMED, "level": Str(), "title": text(150)}),
    "card": CARD,
    "carousel": Shape({**OLD, "elements": Items(Typed({"card": CARD}), 10, 1)}, NAMED),
    "plan": Shape({**OLD, "title": Str()}, {**NAMED, "tasks": Items(Shape(TASK_NAME, {"type": ANY, **NAMED, **TASK}))}),
    "task_card": Shape({**OLD, **TASK_NAME}, {**NAMED, **TASK}),
    "data_table": Shape(
        {**OLD, "rows": Items(Items(CELL, 20, 1), 201, 2)},
        {**NAMED, "page_size": Num(1, 100), "caption": Str(), "row_header_column_index": Num(0)},
        (fits_a_data_table,),
    ),
    "data_visualization": Shape({**OLD, "title": Str(50), "chart": CHART}, {**NAMED, "is_interactive": BOOL}),
}
