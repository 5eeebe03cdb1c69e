"""The public door for extensions. The built-in behaviour comes through it too."""

from response.plugins.contexts import Chat
from response.plugins.decorators import (
    action_handler,
    dialog_handler,
    event_handler,
    form_opener,
    headline_post_action,
    incident_command,
    keyword_handler,
    lifecycle_handler,
    recurring_notification,
    single_notification,
)
from response.plugins.forms import CheckboxInput, Form, Note, PersonInput, SelectInput, TextInput
from response.plugins.options import setting
from response.plugins.pieces import Button, Message

__all__ = [
    "Button",
    "Chat",
    "CheckboxInput",
    "Form",
    "Message",
    "Note",
    "PersonInput",
    "SelectInput",
    "TextInput",
    "action_handler",
    "dialog_handler",
    "event_handler",
    "form_opener",
    "headline_post_action",
    "incident_command",
    "keyword_handler",
    "lifecycle_handler",
    "recurring_notification",
    "setting",
    "single_notification",
]
