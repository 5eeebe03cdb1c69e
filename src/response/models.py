"""Django looks for models here; they live with what they are about."""

from response.api.models import ApiToken
from response.core.models import Action, Incident, Person, Proposal, Pulse, TimelineEvent
from response.operations.models import Tally
from response.reminders.models import Reminder
from response.search.models import SearchDocument
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
    "Pulse",
    "Reminder",
    "SearchDocument",
    "SlackChannel",
    "Tally",
    "TimelineEvent",
    "UserStats",
]
