"""Django looks for models here; they live with what they are about."""

from response.core.models import Incident, Person, TimelineEvent
from response.slack.models import (
    CommsChannel,
    Delivery,
    Gate,
    Handling,
    HeadlinePost,
    InboundRequest,
    PinnedMessage,
    SlackChannel,
    UserStats,
)

__all__ = [
    "CommsChannel",
    "Delivery",
    "Gate",
    "Handling",
    "HeadlinePost",
    "InboundRequest",
    "Incident",
    "Person",
    "PinnedMessage",
    "SlackChannel",
    "TimelineEvent",
    "UserStats",
]
