"""Composition objects. Limits: docs.slack.dev/reference/block-kit/composition-objects."""

import re

from slack_sandbox.blocks.rules import Anything, Bool, Items, Num, Rule, Shape, Str, Typed, one_of

ANY = Anything()
BOOL = Bool()
ACTION_ID = Str(255)
BLOCK_ID = Str(255)
URL = Str(3000, like=re.compile(r"[a-z][a-z0-9+.-]*:.", re.IGNORECASE))
ID = Str(255)
IDS = Items(ID)


def plain(most: int = 3000, least: int = 1) -> Rule:
    """A plain_text object."""
    return Typed({"plain_text": _text(most, least, emoji=True)})


def text(most: int = 3000, least: int = 1) -> Rule:
    """A plain_text or mrkdwn object."""
    return Typed({"plain_text": _text(most, least, emoji=True), "mrkdwn": _text(most, least, emoji=False)})


def _text(most: int, least: int, *, emoji: bool) -> Shape:
    # Slack takes `emoji` only with plain_text and `verbatim` only with mrkdwn.
    return Shape({"type": ANY, "text": Str(most, least)}, {"emoji" if emoji else "verbatim": BOOL})


CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Str(among=frozenset({"primary", "danger"}))},
)
OPTION = Shape({"text": text(75), "value": Str(150)}, {"description": text(75), "url": URL})
OPTION_GROUP = Shape({"label": plain(75), "options": Items(OPTION, 100, 1)})
OPTIONS = Items(OPTION, 100)
OPTION_GROUPS = Items(OPTION_GROUP, 100)
FILTER = Shape({}, {"include": Items(Str()), "exclude_external_shared_channels": BOOL, "exclude_bot_users": BOOL})
DISPATCH = Shape({}, {"trigger_actions_on": Items(Str(among=frozenset({"on_enter_pressed", "on_character_entered"})))})
SLACK_FILE = Shape({}, {"id": Str(), "url": Str()}, (one_of("id", "url"),))
WORKFLOW = Shape(
    {"trigger": Shape({"url": URL}, {"customizable_input_parameters": Items(Shape({"name": Str(), "value": Str()}))})}
)
IMAGE_FIELDS: dict[str, Rule] = {"image_url": Str(3000), "slack_file": SLACK_FILE, "alt_text": Str(2000)}
WHOLE = Num(least=0)
