"""What Response knows of Slack. Names are the original's where it had the thing."""

from response.slack.models.channels import CommsChannel, HeadlinePost, SlackChannel
from response.slack.models.hooks import HookCall
from response.slack.models.inbox import Handling, Heard, InboundRequest
from response.slack.models.outbox import Delivery, Gate
from response.slack.models.participants import PinnedMessage, UserStats

__all__ = [
    "CommsChannel",
    "Delivery",
    "Gate",
    "Handling",
    "HeadlinePost",
    "Heard",
    "HookCall",
    "InboundRequest",
    "PinnedMessage",
    "SlackChannel",
    "UserStats",
]
