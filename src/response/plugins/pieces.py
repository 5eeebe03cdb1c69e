"""What a handler may put under a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Button:
    """A button. Pressing it runs the `@action_handler` or `@form_opener` of `action_id`, which gets `value`.

    `text` is at most 75 characters, `value` 2,000 (Slack's limits). `confirm` is a question asked before.
    """

    text: str
    action_id: str
    value: str = ""
    style: Literal["", "primary", "danger"] = ""
    confirm: str = ""


@dataclass(frozen=True)
class Message:
    """What a handler may return instead of a text: one with buttons under it, or for the person alone."""

    text: str
    buttons: Sequence[Button] = ()
    is_private: bool = False
