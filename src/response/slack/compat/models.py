"""The original's further calls on the models of `response.slack.models`, mixed into them."""

from typing import TYPE_CHECKING

from django.db import models

from response.core.models import Incident, Person

if TYPE_CHECKING:
    from response.slack.models import CommsChannel, PinnedMessage, UserStats  # noqa: F401


class OriginalChannels(models.Manager["CommsChannel"]):
    """The original's manager of channels."""

    def create_comms_channel(self, incident: Incident) -> "CommsChannel":
        """Ask for the incident's channel; what is returned gets its `channel_id` when Slack has made it."""
        from response.core import changes
        from response.slack import channels

        channels.open_for(incident, by=changes.actor().person or incident.reporter)
        return self.get(incident=incident)


class OriginalChannel:
    """The original's further calls on a channel."""

    def rename(self, new_name: str) -> None:
        """Ask for another name; an empty one changes nothing. Who asked is told when Slack refuses."""
        from response.slack.compat import client

        if new_name:
            client.rename(self, new_name)  # type: ignore[arg-type]


class OriginalHeadline:
    """The original's names on a headline post."""

    EDIT_INCIDENT_BUTTON = "edit-incident-button"
    CLOSE_INCIDENT_BUTTON = "close-incident-button"
    CREATE_COMMS_CHANNEL_BUTTON = "create-comms-channel-button"
    PAGE_ON_CALL_BUTTON = "page-on-call-button"

    @property
    def comms_channel(self) -> "CommsChannel | None":
        """The incident's channel, or None."""
        return self.incident.comms_channel()  # type: ignore[attr-defined,no-any-return]


class OriginalPins(models.Manager["PinnedMessage"]):
    """The original's manager of pins."""

    def add_pin(self, incident: Incident, message_ts: str, author_id: str, text: str) -> None:
        """Put a message on the timeline, once."""
        from response.slack import pins

        message = {"ts": message_ts, "user": author_id, "text": text}
        pins.hold(incident, message, pins.PIN, channel_id="", as_of=message_ts)

    def remove_pin(self, incident: Incident, message_ts: str) -> None:
        """Take exactly this message's pin away."""
        from response.slack import pins

        pins.let_go(incident, message_ts, pins.PIN)


class OriginalStats(models.Manager["UserStats"]):
    """The original's manager of participants."""

    def increment_message_count(self, incident: Incident, slack_user_id: str) -> None:
        """Count one more message of somebody."""
        stats, _ = self.get_or_create(incident=incident, user=Person.objects.known_as(slack_user_id))
        self.filter(pk=stats.pk).update(message_count=models.F("message_count") + 1)
