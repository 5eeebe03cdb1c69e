"""An old import path; see `response.slack.compat`. New plugins import from `response.plugins`."""

from response.plugins import (
    action_handler,
    dialog_handler,
    event_handler,
    headline_post_action,
    incident_command,
    keyword_handler,
    recurring_notification,
    single_notification,
)
from response.plugins.contexts import ActionContext
from response.slack.compat.decorators import get_commands, get_help, remove_action_handler, remove_dialog_handler

slack_event = event_handler

__all__ = [
    "ActionContext",
    "action_handler",
    "dialog_handler",
    "event_handler",
    "get_commands",
    "get_help",
    "headline_post_action",
    "incident_command",
    "keyword_handler",
    "recurring_notification",
    "remove_action_handler",
    "remove_dialog_handler",
    "single_notification",
    "slack_event",
]
