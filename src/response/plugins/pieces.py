"""What a handler may say: a text, or a message with buttons."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Button:
    """A button. Pressing it runs the `@action_handler` or `@form_opener` of `action_id`, which gets `value`.

    `text` is at most 75 characters, `value` 2,000 (Slack's limits). `confirm` is a question asked before. With `url` it
    opens that address instead, and needs no `action_id`.
    """

    text: str
    action_id: str = ""
    value: str = ""
    style: Literal["", "primary", "danger"] = ""
    confirm: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        """Refuse a button that would do nothing."""
        if not self.action_id and not self.url:
            raise ValueError(f"the button {self.text!r} needs an action_id, or a url to open")


@dataclass(frozen=True)
class Message:
    """What a handler may return instead of a text: one with `buttons` under it.

    `is_private` is for a command, keyword or lifecycle handler: only the person who caused it is told.
    """

    text: str
    buttons: Sequence[Button] = ()
    is_private: bool = False


def as_message(result: object, handler: str) -> Message | None:
    """Return what a handler's result says; None for nothing. Anything else than text or a Message is logged."""
    if isinstance(result, Message):
        return result if result.text or result.buttons else None
    if isinstance(result, str):
        return Message(result) if result else None
    if result is not None:
        logger.warning("handler_result_ignored handler=%s type=%s", handler, type(result).__name__)
    return None
