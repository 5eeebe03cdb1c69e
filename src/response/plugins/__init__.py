"""The public door for extensions. The built-in behaviour comes through it too."""

from response.plugins.addresses import document_url, page_url
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
from response.plugins.reading import links_in, people_in, words_in

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
    "document_url",
    "event_handler",
    "form_opener",
    "headline_post_action",
    "incident_command",
    "keyword_handler",
    "lifecycle_handler",
    "links_in",
    "page_url",
    "people_in",
    "recurring_notification",
    "setting",
    "single_notification",
    "words_in",
]
