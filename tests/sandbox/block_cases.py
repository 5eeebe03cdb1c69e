"""Payloads just inside and just outside each limit of Block Kit.

A limit is named as in the conformance spec (`button.text.max_length`); its number comes from there.
"""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Make = Callable[[int], Json]
"""Makes what is to be checked, `n` long, large or many: `{"blocks": [...]}` or `{"view": {...}}`."""

EMOJI = "\N{FIRE}"
"""Beyond the basic plane: lengths count characters, not UTF-16 units."""


def plain(n: int = 1, letter: str = "x") -> Json:
    """A plain_text object of n characters."""
    return {"type": "plain_text", "text": letter * n}


def text(n: int = 1) -> Json:
    """A mrkdwn object of n characters."""
    return {"type": "mrkdwn", "text": "x" * n}


def option(number: int = 0, **fields: Any) -> Json:
    """An option."""
    return {"text": plain(), "value": f"v{number}", **fields}


def options(n: int) -> list[Json]:
    """Different options."""
    return [option(number) for number in range(n)]


def group(n: int = 1, **fields: Any) -> Json:
    """An option group."""
    return {"label": plain(), "options": options(n), **fields}


def blocks(*given: Json) -> Json:
    """A message's blocks."""
    return {"blocks": list(given)}


def in_actions(kind: str, **fields: Any) -> Json:
    """An element to press or choose from."""
    return blocks({"type": "actions", "elements": [{"type": kind, **fields}]})


def in_input(kind: str, **fields: Any) -> Json:
    """An element to fill in."""
    return blocks({"type": "input", "label": plain(), "element": {"type": kind, **fields}})


def button(**fields: Any) -> Json:
    """A button in an actions block."""
    return in_actions("button", **{"text": plain(), **fields})


def confirming(**fields: Any) -> Json:
    """A button that asks back."""
    asks = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **fields}
    return button(confirm=asks)


def menu(**fields: Any) -> Json:
    """A static select."""
    return in_actions("static_select", **({"options": options(1)} | fields))


def grouped(*groups: Json) -> Json:
    """A static select with groups."""
    return in_actions("static_select", option_groups=list(groups))


def source(url: str) -> Json:
    """A task that names where it knows something from."""
    task = {"type": "task_card", "task_id": "t", "title": "T", "sources": [{"type": "url", "url": url, "text": "x"}]}
    return blocks(task)


def image(**fields: Any) -> Json:
    """An image block."""
    return blocks({"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", **fields})


def picture(**fields: Any) -> Json:
    """An image element beside a text."""
    element = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", **fields}
    return blocks({"type": "context", "elements": [element]})


def field(**fields: Any) -> Json:
    """An input block."""
    return blocks({"type": "input", "label": plain(), "element": {"type": "plain_text_input"}, **fields})


def video(**fields: Any) -> Json:
    """A video block."""
    address = "https://example.com/v"
    made = {"type": "video", "alt_text": "a", "title": plain(), "thumbnail_url": address, "video_url": address}
    return blocks(made | fields)


def card(**fields: Any) -> Json:
    """A card."""
    return {"type": "card", "title": plain(), **fields}


def container(**fields: Any) -> Json:
    """A container block."""
    return blocks({"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}], **fields})


def feedback(**fields: Any) -> Json:
    """Two buttons that ask for an opinion."""
    positive = {"text": plain(), "value": "good", **fields}
    element = {"type": "feedback_buttons", "positive_button": positive, "negative_button": {**positive, "value": "bad"}}
    return blocks({"type": "context_actions", "elements": [element]})


def icon(**fields: Any) -> Json:
    """An icon button."""
    return {"type": "icon_button", "icon": "trash", "text": plain(), **fields}


def cell(content: str = "x") -> Json:
    """A cell of a table."""
    return {"type": "raw_text", "text": content}


def table(rows: list[list[Json]], kind: str = "table", **fields: Any) -> Json:
    """A table."""
    return blocks({"type": kind, "rows": rows, **fields})


def data_table(*, rows: int = 2, columns: int = 1, content: str = "x", **fields: Any) -> Json:
    """A data table."""
    return table([[cell(content) for _ in range(columns)] for _ in range(rows)], "data_table", **fields)


def chart(inner: Json, title: str = "T") -> Json:
    """A data visualization."""
    return blocks({"type": "data_visualization", "title": title, "chart": inner})


def pie(n: int = 1, label: str = "a", value: int = 1) -> Json:
    """A pie chart."""
    return chart({"type": "pie", "segments": [{"label": label, "value": value}] * n})


def bars(
    *, series: int = 1, name: str = "s", points: int = 1, label: str = "p", categories: Any = None, **axes: Any
) -> Json:
    """A bar chart."""
    data = [{"label": label, "value": 1}] * points
    config = {"categories": ["c"] if categories is None else categories, **axes}
    return chart({"type": "bar", "series": [{"name": name, "data": data}] * series, "axis_config": config})


def view(**fields: Any) -> Json:
    """A modal."""
    return {"view": {"type": "modal", "title": plain(), "blocks": [{"type": "divider"}], **fields}}


def focused(count: int) -> list[Json]:
    """Menus that want the focus."""
    element = {"type": "users_select", "focus_on_load": True}
    return [{"type": "actions", "elements": [element]} for _ in range(count)]


def pressing(*action_ids: str) -> Json:
    """Buttons of these ids."""
    buttons = [{"type": "button", "text": plain(), "action_id": action_id} for action_id in action_ids]
    return blocks({"type": "actions", "elements": buttons})


LIMITS: dict[str, Make] = {
    "text.min_length": lambda n: blocks({"type": "section", "text": text(n)}),
    "text.max_length": lambda n: blocks({"type": "section", "text": text(n)}),
    "action_id.max_length": lambda n: button(action_id="x" * n),
    "block_id.max_length": lambda n: blocks({"type": "divider", "block_id": "x" * n}),
    "button.text.max_length": lambda n: button(text=plain(n)),
    "button.url.max_length": lambda n: button(url="https://" + "x" * (n - 8)),
    "button.value.max_length": lambda n: button(value="x" * n),
    "button.accessibility_label.max_length": lambda n: button(accessibility_label="x" * n),
    "confirmation.title.max_length": lambda n: confirming(title=plain(n)),
    "confirmation.text.max_length": lambda n: confirming(text=plain(n)),
    "confirmation.confirm.max_length": lambda n: confirming(confirm=plain(n)),
    "confirmation.deny.max_length": lambda n: confirming(deny=plain(n)),
    "option.text.max_length": lambda n: menu(options=[option(text=plain(n))]),
    "option.value.max_length": lambda n: menu(options=[option(value="x" * n)]),
    "option.url.max_length": lambda n: in_actions("overflow", options=[option(url="https://" + EMOJI * (n - 8))]),
    "option.description.max_length": lambda n: menu(options=[option(description=plain(n))]),
    "option_group.label.max_length": lambda n: grouped(group(label=plain(n))),
    "option_group.options.min_items": lambda n: grouped(group(n)),
    "option_group.options.max_items": lambda n: grouped(group(n)),
    "select.placeholder.max_length": lambda n: menu(placeholder=plain(n)),
    "select.options.max_items": lambda n: menu(options=options(n)),
    "select.option_groups.max_items": lambda n: grouped(*[group()] * n),
    "overflow.options.min_items": lambda n: in_actions("overflow", options=options(n)),
    "overflow.options.max_items": lambda n: in_actions("overflow", options=options(n)),
    "checkboxes.options.min_items": lambda n: in_actions("checkboxes", options=options(n)),
    "checkboxes.options.max_items": lambda n: in_actions("checkboxes", options=options(n)),
    "radio_buttons.options.min_items": lambda n: in_actions("radio_buttons", options=options(n)),
    "radio_buttons.options.max_items": lambda n: in_actions("radio_buttons", options=options(n)),
    "url_source.url.min_length": lambda n: source("x" * n),
    "url_source.url.max_length": lambda n: source("x" * n),
    "table.rows.max_items": lambda n: table([[cell()]] * n),
    "file_input.max_files.min": lambda n: in_input("file_input", max_files=n),
    "file_input.max_files.max": lambda n: in_input("file_input", max_files=n),
    "plain_text_input.max_length.max": lambda n: in_input("plain_text_input", max_length=n),
    "actions.elements.max_items": lambda n: blocks(
        {"type": "actions", "elements": [{"type": "button", "text": plain()}] * n}
    ),
    "context.elements.max_items": lambda n: blocks({"type": "context", "elements": [text()] * n}),
    "header.text.max_length": lambda n: blocks({"type": "header", "text": plain(n, EMOJI)}),
    "image.image_url.max_length": lambda n: image(image_url="https://" + "x" * (n - 8)),
    "image.alt_text.max_length": lambda n: image(alt_text="x" * n),
    "input.label.max_length": lambda n: field(label=plain(n)),
    "input.hint.max_length": lambda n: field(hint=plain(n)),
    "markdown.text.min_length": lambda n: blocks({"type": "markdown", "text": "x" * n}),
    "markdown.text.max_length": lambda n: blocks({"type": "markdown", "text": "x" * n}),
    "section.text.max_length": lambda n: blocks({"type": "section", "text": plain(n)}),
    "section.fields.max_items": lambda n: blocks({"type": "section", "fields": [text()] * n}),
    "section.fields.item_max_length": lambda n: blocks({"type": "section", "fields": [text(n)]}),
    "video.alt_text.min_length": lambda n: video(alt_text="x" * n),
    "video.alt_text.max_length": lambda n: video(alt_text="x" * n),
    "video.title.max_length": lambda n: video(title=plain(n)),
    "video.author_name.max_length": lambda n: video(author_name="x" * n),
    "video.description.max_length": lambda n: video(description=plain(n)),
    "video.provider_name.max_length": lambda n: video(provider_name="x" * n),
    "view.blocks.min_items": lambda n: view(blocks=[{"type": "divider"}] * n),
    "view.blocks.max_items": lambda n: view(blocks=[{"type": "divider"}] * n),
    "view.private_metadata.max_length": lambda n: view(private_metadata="x" * n),
    "view.callback_id.max_length": lambda n: view(callback_id="x" * n),
    "view.title.max_length": lambda n: view(title=plain(n)),
    "view.close.max_length": lambda n: view(close=plain(n)),
    "view.submit.max_length": lambda n: view(submit=plain(n)),
    "alert.text.max_length": lambda n: blocks({"type": "alert", "text": text(n)}),
    "card.title.max_length": lambda n: blocks(card(title=text(n))),
    "card.subtitle.max_length": lambda n: blocks(card(subtitle=text(n))),
    "card.body.max_length": lambda n: blocks(card(body=text(n))),
    "card.subtext.max_length": lambda n: blocks(card(subtext=text(n))),
    "card.actions.max_items": lambda n: blocks(card(actions=[{"type": "button", "text": plain()}] * n)),
    "carousel.elements.min_items": lambda n: blocks({"type": "carousel", "elements": [card()] * n}),
    "carousel.elements.max_items": lambda n: blocks({"type": "carousel", "elements": [card()] * n}),
    "container.title.max_length": lambda n: container(title=plain(n)),
    "container.subtitle.max_length": lambda n: container(subtitle=text(n)),
    "container.child_blocks.max_items": lambda n: container(child_blocks=[{"type": "divider"}] * n),
    "context_actions.elements.max_items": lambda n: blocks({"type": "context_actions", "elements": [icon()] * n}),
    "feedback_button.text.max_length": lambda n: feedback(text=plain(n)),
    "feedback_button.value.max_length": lambda n: feedback(value="x" * n),
    "feedback_button.accessibility_label.max_length": lambda n: feedback(accessibility_label="x" * n),
    "icon_button.visible_to_user_ids.max_items": lambda n: blocks(
        {"type": "context_actions", "elements": [icon(visible_to_user_ids=["U1"] * n)]}
    ),
    "data_table.rows.min_items": lambda n: data_table(rows=n),
    "data_table.rows.max_items": lambda n: data_table(rows=n),
    "data_table.columns.min_items": lambda n: data_table(columns=n),
    "data_table.columns.max_items": lambda n: data_table(columns=n),
    "data_table.page_size.min": lambda n: data_table(page_size=n),
    "data_table.page_size.max": lambda n: data_table(page_size=n),
    "data_table.cell_text.min_length": lambda n: data_table(content="x" * n),
    "data_table.content.max_length": lambda n: table([[cell()], [cell("x" * (n - 1))]], "data_table"),
    "data_visualization.title.max_length": lambda n: chart(pie()["blocks"][0]["chart"], "x" * n),
    "data_visualization.segments.min_items": pie,
    "data_visualization.segments.max_items": pie,
    "data_visualization.segment.label.max_length": lambda n: pie(label="x" * n),
    "data_visualization.segment.value.exclusive_min": lambda n: pie(value=n),
    "data_visualization.series.min_items": lambda n: bars(series=n),
    "data_visualization.series.max_items": lambda n: bars(series=n),
    "data_visualization.series_name.max_length": lambda n: bars(name="x" * n),
    "data_visualization.data.min_items": lambda n: bars(points=n),
    "data_visualization.data.max_items": lambda n: bars(points=n),
    "data_visualization.point_label.max_length": lambda n: bars(label="x" * n),
    "data_visualization.categories.min_items": lambda n: bars(categories=["c"] * n),
    "data_visualization.categories.max_items": lambda n: bars(categories=["c"] * n),
    "data_visualization.category_label.max_length": lambda n: bars(categories=["x" * n]),
    "data_visualization.axis_label.max_length": lambda n: bars(x_label="x" * n),
}
"""Limits that are a number."""

RULES: dict[str, tuple[Json, Json]] = {
    "table.row_shape": (table([[cell(), cell()], [cell()]]), table([[cell()], [cell()]])),
    "table.column_settings": (
        table([[cell()]], column_settings=[{}, {}]),
        table([[cell()]], column_settings=[{"align": "right"}]),
    ),
    "section.content": (blocks({"type": "section"}), blocks({"type": "section", "text": plain()})),
    "static_select.choice_source": (menu(option_groups=[group()]), menu()),
    "image.source": (picture(slack_file={"id": "F1"}), picture()),
    "number_input.range": (
        in_input("number_input", is_decimal_allowed=False, min_value="5", max_value="4"),
        in_input("number_input", is_decimal_allowed=False, min_value="4", max_value="5"),
    ),
    "context.elements": (
        blocks({"type": "context", "elements": [{"type": "button", "text": plain()}]}),
        blocks({"type": "context", "elements": [plain()]}),
    ),
    "input.element": (in_input("button", text=plain()), in_input("plain_text_input")),
}
"""Rules that are not: what is refused, and its nearest neighbour that is taken."""

BEYOND: dict[str, tuple[Json, Json]] = {
    "url": (button(url="example.com"), button(url="https://example.com")),
    "image_url": (image(image_url="/a.png"), image()),
    "date": (in_input("datepicker", initial_date="2026-13-01"), in_input("datepicker", initial_date="2026-12-01")),
    "time": (in_input("timepicker", initial_time="24:00"), in_input("timepicker", initial_time="23:59")),
    "initial_option": (menu(initial_option=option(value="other")), menu(initial_option=options(1)[0])),
    "initial_options": (
        in_input("checkboxes", options=options(2), initial_options=[option(value="other")]),
        in_input("checkboxes", options=options(2), initial_options=options(1)),
    ),
    "markdown in all": (
        {"blocks": [{"type": "markdown", "text": "x" * 6001}] * 2},
        {"blocks": [{"type": "markdown", "text": "x" * 6000}] * 2},
    ),
    "container in container": (
        container(child_blocks=container()["blocks"]),
        container(child_blocks=[{"type": "divider"}]),
    ),
    "focus": (view(blocks=focused(2)), view(blocks=focused(1))),
    "block_id twice": (
        {"blocks": [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]},
        {"blocks": [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "b"}]},
    ),
    "action_id twice": (pressing("a", "a"), pressing("a", "b")),
    "submit": (view(blocks=field()["blocks"]), view(blocks=field()["blocks"], submit=plain())),
    "property": (blocks({"type": "divider", "color": "red"}), blocks({"type": "divider"})),
    "type": (blocks({"type": "stripes"}), blocks({"type": "divider"})),
    "null": (blocks({"type": "section", "text": None}), blocks({"type": "section", "text": text(), "fields": None})),
}
"""Rules of Slack's pages that the spec has no case for."""

UNLISTED = {"table": {"rows": {"max_items": 100}}}
"""Only in the sentence of its case."""
TOO_SMALL = ("min_length", "min_items", "min", "exclusive_min")


def pair(constraint: str, limits: Json) -> tuple[Json, Json]:
    """What is refused under a constraint, and what is just taken."""
    if constraint in RULES:
        return RULES[constraint]
    number: Any = {**UNLISTED, **limits}
    for name in constraint.split("."):
        number = number[name]
    make, kind = LIMITS[constraint], constraint.rpartition(".")[2]
    if kind == "exclusive_min":
        return make(number), make(number + 1)
    return (make(number - 1) if kind in TOO_SMALL else make(number + 1)), make(number)


def workflow_of(trigger: Json) -> Json:
    """A button that starts a workflow."""
    whole = {"url": "https://slack.com/shortcuts/Ft1/1", **trigger}
    return in_actions("workflow_button", text=plain(), workflow={"trigger": whole})


CARRIERS: dict[str, Callable[[Json], Json]] = {
    "confirmation_dialogue_basic": lambda made: button(confirm=made),
    "conversation_filter_basic": lambda made: in_actions("conversations_select", filter=made),
    "dispatch_action_configuration_basic": lambda made: in_input("plain_text_input", dispatch_action_config=made),
    "input_parameter_basic": lambda made: workflow_of({"customizable_input_parameters": [made]}),
    "option_basic": lambda made: menu(options=[made]),
    "option_value_at_limit": lambda made: menu(options=[made]),
    "option_group_basic": grouped,
    "trigger_basic": workflow_of,
    "workflow_basic": lambda made: in_actions("workflow_button", text=plain(), workflow=made),
}
"""Objects that stand inside something: what is put around them to check them."""


def carried(folder: str, name: str, made: Json) -> Json:
    """A valid fixture as an argument of blocks.validate."""
    kind = str(made.get("type", ""))
    if folder in ("views", "blocks"):
        return {"view": made} if folder == "views" else blocks(made)
    if folder == "attachments":
        return {"message": {"attachments": [made]}}
    if folder == "rich_text":
        outer = made if kind.startswith("rich_text_") else {"type": "rich_text_section", "elements": [made]}
        return blocks({"type": "rich_text", "elements": [outer]})
    if folder == "objects":
        carrier = CARRIERS.get(name)
        return carrier(made) if carrier else blocks({"type": "section", "text": made})
    if kind == "url":
        return blocks({"type": "task_card", "task_id": "t", "title": "T", "sources": [made]})
    if kind == "image":
        return blocks({"type": "context", "elements": [made]})
    if "input" in kind:
        return blocks({"type": "input", "label": plain(), "element": made})
    return blocks({"type": "actions", "elements": [made]})
