"""An old import path; see `response.slack.compat`."""

from response.slack.compat.blocks import (
    Actions,
    Button,
    Confirm,
    Divider,
    Message,
    Section,
    StaticSelect,
    StaticSelectOption,
    Text,
)

__all__ = [
    "Actions",
    "Button",
    "Confirm",
    "Divider",
    "Message",
    "Section",
    "StaticSelect",
    "StaticSelectOption",
    "Text",
]
