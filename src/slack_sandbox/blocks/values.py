"""What is chosen and filled in: between a page's plain values and the state entries Slack sends to an app."""

from collections.abc import Iterator
from typing import Any

from slack_sandbox.blocks.check import elements
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json

FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", ""),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""Element type -> the field of its state entry, and the field that fills it at the start."""
LISTS = frozenset({"files", "selected_options", "selected_users", "selected_channels", "selected_conversations"})


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) that holds a value."""
    for block in blocks:
        for element in elements(block):
            if element.get("type") in FIELDS and "action_id" in element:
                yield block, element


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """The element of that address. Raises `no_such_element`."""
    for block in blocks:
        if block.get("block_id") == block_id:
            for element in elements(block):
                if element.get("action_id") == action_id:
                    return element
    raise SlackError("no_such_element", message=f"There is no {action_id} in block {block_id}.")


def entry(element: Json, value: Any, offered: Json | None = None) -> Json:
    """The state entry of an element for a page's plain value (None: empty)."""
    kind = element["type"]
    key = FIELDS[kind][0] if kind in FIELDS else "selected_option"
    if value in (None, ""):
        made: Any = [] if key in LISTS else None
    elif key == "selected_option":
        made = _option(element, value, offered or {})
    elif key == "selected_options":
        made = [_option(element, each, offered or {}) for each in value]
    elif key == "selected_date_time":
        made = int(value)
    elif key == "rich_text_value" and isinstance(value, str):
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        made = {"type": "rich_text", "elements": [section]}
    else:
        made = str(value) if key == "value" else value
    return {"type": kind, key: made}


def _option(element: Json, value: Any, offered: Json) -> Json:
    wanted = value["value"] if isinstance(value, dict) else value
    for option in options(element):
        if option["value"] == wanted:
            return option
    if wanted in offered:
        found: Json = offered[wanted]
        return found
    raise SlackError("no_such_option", message=f"{wanted!r} is not among the options of {element.get('action_id')}.")


def options(element: Json) -> list[Json]:
    """What can be chosen, groups flattened, and what was chosen from the start."""
    groups = element.get("option_groups") or ()
    found = [*(element.get("options") or ()), *(option for group in groups for option in group["options"])]
    initial = element.get("initial_options") or [element.get("initial_option")]
    return found + [option for option in initial if option]


def initial_entry(element: Json) -> Json:
    """The state entry before anybody has touched it."""
    key, initial = FIELDS[element["type"]]
    return {"type": element["type"], key: element.get(initial) or ([] if key in LISTS else None)}


def initial_values(blocks: list[Json], kept: Json) -> Json:
    """block_id -> action_id -> entry; what was filled in before stays where block and action id are the same."""
    values: Json = {}
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        old = kept.get(block_id, {}).get(action_id)
        same = old is not None and old["type"] == element["type"]
        values.setdefault(block_id, {})[action_id] = old if same else initial_entry(element)
    return values


def submitted_values(blocks: list[Json], given: Json, offered: Json) -> Json:
    """The same from what a page sends with a form: what is absent is empty."""
    values: Json = {}
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        value = given.get(block_id, {}).get(action_id)
        seen = offered.get(f"{block_id}/{action_id}", {})
        values.setdefault(block_id, {})[action_id] = entry(element, value, seen)
    return values


def problems(blocks: list[Json], values: Json) -> dict[str, str]:
    """What Slack's own client refuses before the app is asked: block_id -> sentence."""
    found: dict[str, str] = {}
    for block, element in stateful(blocks):
        if block["type"] != "input":
            continue
        value = values[block["block_id"]][element["action_id"]][FIELDS[element["type"]][0]]
        if value in (None, "", []):
            if not block.get("optional"):
                found[block["block_id"]] = "Please complete this required field."
        elif problem := _problem(element, value):
            found[block["block_id"]] = problem
    return found


def _problem(element: Json, value: Any) -> str | None:
    if element["type"] == "number_input":
        return _number_problem(element, str(value))
    if isinstance(value, str):
        if len(value) < element.get("min_length", 0):
            return f"This entry must be at least {element['min_length']} characters long."
        if len(value) > element.get("max_length", 3000):
            return f"This entry must be no more than {element.get('max_length', 3000)} characters long."
    if element["type"] == "email_text_input" and "@" not in value:
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and "://" not in value:
        return "Please enter a valid URL."
    if isinstance(value, list) and len(value) > element.get("max_selected_items", len(value)):
        return f"Please choose no more than {element['max_selected_items']}."
    return None


def _number_problem(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    if number < float(element.get("min_value") or number):
        return f"Please enter {element['min_value']} or more."
    if number > float(element.get("max_value") or number):
        return f"Please enter {element['max_value']} or less."
    return None
