"""An old import path; see `response.slack.compat`."""

from response.slack.compat.dialogs import Dialog, SelectFromUsers, SelectWithOptions, Text, TextArea

__all__ = ["Dialog", "SelectFromUsers", "SelectWithOptions", "Text", "TextArea"]
