"""The original's settings that plugins read. Nothing is looked up before it is used."""

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject, lazy

if TYPE_CHECKING:
    from response.slack.compat.client import SlackClient


def client() -> "SlackClient":
    from response.slack.compat.client import SlackClient

    return SlackClient()


def incident_channel_id() -> str:
    """Return the id of the channel of the headline posts, or its name when Slack knows no such channel."""
    from django.conf import settings

    from response.slack.kinds.base import id_of_channel

    return id_of_channel(settings.INCIDENT_CHANNEL_NAME) or f"#{settings.INCIDENT_CHANNEL_NAME}"


def incident_bot_id() -> str:
    return client().get_slack_token_owner()


SLACK_CLIENT = SimpleLazyObject(client)
INCIDENT_CHANNEL_ID = lazy(incident_channel_id, str)()
INCIDENT_BOT_ID = lazy(incident_bot_id, str)()
