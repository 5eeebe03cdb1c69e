"""Modals and home tabs. Limits: docs.slack.dev/reference/views."""

import json

from slack_sandbox.blocks.check import check_focus, check_unique
from slack_sandbox.blocks.kinds import IN_VIEWS
from slack_sandbox.blocks.objects import ANY, BOOL, plain
from slack_sandbox.blocks.rules import Findings, Items, Rule, Shape, Str, Typed, listed
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.shapes import Json

MOST_BYTES = 250_000


def needs_submit(view: Json, at: str, found: Findings) -> None:
    """A modal with something to fill in needs a button to send it."""
    blocks = listed(view, "blocks")
    if any(isinstance(block, dict) and block.get("type") == "input" for block in blocks) and not view.get("submit"):
        found.add("missing required field: submit", at)


COMMON: dict[str, Rule] = {"callback_id": Str(255), "external_id": Str(255), "private_metadata": Str(3000)}
BLOCKS = Items(IN_VIEWS, 100, 1)
MODAL = Shape(
    {"type": ANY, "title": plain(24), "blocks": BLOCKS},
    {
        **COMMON,
        "close": plain(24),
        "submit": plain(24),
        "clear_on_close": BOOL,
        "notify_on_close": BOOL,
        "submit_disabled": BOOL,
    },
    (needs_submit,),
)
HOME = Shape({"type": ANY, "blocks": BLOCKS}, {**COMMON, "title": plain(24), "close": ANY, "submit": ANY})
BY_TYPE = {"modal": Typed({"modal": MODAL}), "home": Typed({"home": HOME})}


def look_at_view(view: Json, kind: str, at: str = "/view") -> Findings:
    """What is wrong with a modal or home tab."""
    found = Findings()
    BY_TYPE[kind].check(view, at, found)
    if not found.problems:
        check_unique(view["blocks"], f"{at}/blocks", found)
        check_focus(view["blocks"], f"{at}/blocks", found)
    return found


def check_view(view: Json, kind: str) -> None:
    """Raise as views.* does when `view` is not a proper modal or home tab."""
    found = look_at_view(view, kind)
    if found.problems:
        raise invalid_arguments("[ERROR] failed to match all allowed schemas [json-pointer:/view]", *found.messages)
    if len(json.dumps(view).encode()) > MOST_BYTES:
        raise SlackError("view_too_large")
