"""Block elements. Limits: docs.slack.dev/reference/block-kit/block-elements."""

import re
from collections.abc import Mapping

from slack_sandbox.blocks.objects import (
    ACTION_ID,
    ANY,
    BOOL,
    CONFIRM,
    DISPATCH,
    FILTER,
    ID,
    IDS,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    SLACK_FILE,
    URL,
    WORKFLOW,
    plain,
)
from slack_sandbox.blocks.rules import Extra, Findings, Items, Num, Rule, Shape, Str, Typed, listed, one_of, ordered
from slack_sandbox.shapes import Json

STYLE = Str(among=frozenset({"primary", "danger"}))
LABEL = Str(75)
CHOICE: dict[str, Rule] = {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": BOOL}
TYPING: dict[str, Rule] = {
    "placeholder": plain(150),
    "focus_on_load": BOOL,
    "dispatch_action_config": DISPATCH,
    "initial_value": Str(),
}
MULTI: dict[str, Rule] = {**CHOICE, "max_selected_items": Num(least=1)}
FEW_OPTIONS = Items(OPTION, 10, 1)
NUMBER = Str()
DATE = Str(10, 10, like=re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z"))
TIME = Str(5, 5, like=re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z"))


def _element(
    required: Mapping[str, Rule] | None = None, optional: Mapping[str, Rule] | None = None, *extras: Extra
) -> Shape:
    return Shape({"type": ANY, **(required or {})}, {"action_id": ACTION_ID, **(optional or {})}, extras)


def begins_with_its_own(value: Json, at: str, found: Findings) -> None:
    """What is chosen from the start is among the options."""
    groups = [group for group in listed(value, "option_groups") if isinstance(group, dict)]
    offered = [*listed(value, "options"), *(option for group in groups for option in listed(group, "options"))]
    values = [option.get("value") for option in offered if isinstance(option, dict)]
    for name in ("initial_option", "initial_options"):
        given = listed(value, name) if name.endswith("s") else [value.get(name)]
        if any(isinstance(option, dict) and option.get("value") not in values for option in given):
            found.add("must match one of the options", f"{at}/{name}")


STATIC = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
FEEDBACK = Shape({"text": plain(75), "value": Str(2000)}, {"accessibility_label": LABEL})

ELEMENTS: dict[str, Rule] = {
    "button": _element(
        {"text": plain(75)},
        {"url": URL, "value": Str(2000), "style": STYLE, "confirm": CONFIRM, "accessibility_label": LABEL},
    ),
    "workflow_button": _element(
        {"text": plain(75), "workflow": WORKFLOW}, {"style": STYLE, "accessibility_label": LABEL}
    ),
    "checkboxes": _element(
        {"options": FEW_OPTIONS},
        {"initial_options": FEW_OPTIONS, "confirm": CONFIRM, "focus_on_load": BOOL},
        begins_with_its_own,
    ),
    "radio_buttons": _element(
        {"options": FEW_OPTIONS},
        {"initial_option": OPTION, "confirm": CONFIRM, "focus_on_load": BOOL},
        begins_with_its_own,
    ),
    "overflow": _element({"options": Items(OPTION, 5, 1)}, {"confirm": CONFIRM}),
    "static_select": _element(
        {},
        {**CHOICE, **STATIC, "initial_option": OPTION},
        one_of("options", "option_groups"),
        begins_with_its_own,
    ),
    "multi_static_select": _element(
        {},
        {**MULTI, **STATIC, "initial_options": OPTIONS},
        one_of("options", "option_groups"),
        begins_with_its_own,
    ),
    "external_select": _element({}, {**CHOICE, "initial_option": OPTION, "min_query_length": Num(least=0)}),
    "multi_external_select": _element({}, {**MULTI, "initial_options": OPTIONS, "min_query_length": Num(least=0)}),
    "users_select": _element({}, {**CHOICE, "initial_user": ID}),
    "multi_users_select": _element({}, {**MULTI, "initial_users": IDS}),
    "channels_select": _element({}, {**CHOICE, "initial_channel": ID, "response_url_enabled": BOOL}),
    "multi_channels_select": _element({}, {**MULTI, "initial_channels": IDS}),
    "conversations_select": _element(
        {},
        {
            **CHOICE,
            "initial_conversation": ID,
            "default_to_current_conversation": BOOL,
            "response_url_enabled": BOOL,
            "filter": FILTER,
        },
    ),
    "multi_conversations_select": _element(
        {},
        {**MULTI, "initial_conversations": IDS, "default_to_current_conversation": BOOL, "filter": FILTER},
    ),
    "datepicker": _element({}, {**CHOICE, "initial_date": DATE}),
    "timepicker": _element({}, {**CHOICE, "initial_time": TIME, "timezone": Str()}),
    "datetimepicker": _element(
        {}, {"confirm": CONFIRM, "focus_on_load": BOOL, "initial_date_time": Num(10**9, 10**10)}
    ),
    "plain_text_input": _element(
        {},
        {**TYPING, "multiline": BOOL, "min_length": Num(0, 3000), "max_length": Num(1, 3000)},
        ordered("min_length", "max_length"),
    ),
    "email_text_input": _element({}, TYPING),
    "url_text_input": _element({}, TYPING),
    "number_input": _element(
        {"is_decimal_allowed": BOOL},
        {**TYPING, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        ordered("min_value", "max_value"),
    ),
    "rich_text_input": _element({}, {**TYPING, "initial_value": ANY}),
    "file_input": _element({}, {"filetypes": Items(Str()), "max_files": Num(1, 10)}),
    "image": _element(
        {"alt_text": Str(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE},
        one_of("image_url", "slack_file"),
    ),
    "feedback_buttons": _element({"positive_button": FEEDBACK, "negative_button": FEEDBACK}),
    "icon_button": _element(
        {"icon": Str(), "text": plain(75)},
        {
            "value": Str(2000),
            "confirm": CONFIRM,
            "accessibility_label": LABEL,
            "visible_to_user_ids": Items(ID, 10),
        },
    ),
    "url": Shape({"type": ANY, "url": Str(3000, 1)}, {"text": Str()}),
}
ALL = Typed(ELEMENTS)
SELECTS = ("static_select", "external_select", "users_select", "channels_select", "conversations_select")
MULTI_SELECTS = tuple(f"multi_{name}" for name in SELECTS)
PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")

ACCESSORY = ALL.only(
    "button", "workflow_button", "image", "overflow", *SELECTS, *MULTI_SELECTS, *PICKERS
)  # fmt: skip
ACTIONS = ALL.only(
    "button", "workflow_button", "overflow", "rich_text_input", *SELECTS, *MULTI_SELECTS, *PICKERS
)  # fmt: skip
INPUTS = ALL.only(
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
    *SELECTS,
    *MULTI_SELECTS,
    *PICKERS,
)
CONTEXT_ACTIONS = ALL.only("feedback_buttons", "icon_button")
