"""Django looks for models here; they live with what they are about."""

from response.api.models import ApiToken
from response.core.models import Action, Incident, Person, Proposal, TimelineEvent
from response.reminders.models import Reminder
from response.slack.models import (
    CommsChannel,
    Delivery,
    Gate,
    Handling,
    HeadlinePost,
    Heard,
    HookCall,
    InboundRequest,
    PinnedMessage,
    SlackChannel,
    UserStats,
)

__all__ = [
    "Action",
    "ApiToken",
    "CommsChannel",
    "Delivery",
    "Gate",
    "Handling",
    "HeadlinePost",
    "Heard",
    "HookCall",
    "InboundRequest",
    "Incident",
    "Person",
    "PinnedMessage",
    "Proposal",
    "Reminder",
    "SlackChannel",
    "TimelineEvent",
    "UserStats",
]
