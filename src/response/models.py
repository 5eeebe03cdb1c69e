"""Django looks for models here; they live with what they are about."""

from response.api.models import ApiToken
from response.core.models import Action, Incident, Person, Proposal, TimelineEvent
from response.operations.models import Tally
from response.reminders.models import Reminder
from response.slack.models import (
    CommsChannel,
    Delivery,
    Gate,
    Handling,
    HeadlinePost,
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
    "HookCall",
    "InboundRequest",
    "Incident",
    "Person",
    "PinnedMessage",
    "Proposal",
    "Reminder",
    "SlackChannel",
    "Tally",
    "TimelineEvent",
    "UserStats",
]
