"""Where an incident lives in Slack: its headline post and its own channel."""

from django.db import models

from response.core.models import Incident
from response.slack.compat.models import OriginalChannel, OriginalChannels, OriginalHeadline


class SlackChannel(models.Model):
    """A channel's name as last heard, so that text which mentions its id can be read."""

    channel_id = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"#{self.name}"


class CommsChannel(OriginalChannel, models.Model):
    """The incident's own channel. The row exists from the moment it is wanted; `channel_id` comes from Slack."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT)
    channel_id = models.CharField(max_length=20, unique=True, null=True)
    channel_name = models.CharField(max_length=80)
    card_ts = models.CharField(max_length=20, blank=True, help_text="The pinned card's message.")
    is_archived = models.BooleanField(default=False)

    objects = OriginalChannels()

    def __str__(self) -> str:
        return f"#{self.channel_name}"

    @property
    def is_ready(self) -> bool:
        """Whether Slack has made the channel."""
        return self.channel_id is not None

    def post_in_channel(self, text: str) -> None:
        """Say something in the channel: soon, once, and in order. The text is Slack's mrkdwn."""
        from response.slack import outbox

        outbox.post(self.incident, text)


class HeadlinePost(OriginalHeadline, models.Model):
    """The one post in the incidents channel that is always current."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT)
    channel_id = models.CharField(max_length=20, blank=True, help_text="Unset until Slack has the post.")
    message_ts = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"Headline of incident {self.incident_id}"

    def update_in_slack(self) -> None:
        """Ask for the post to be brought up to date."""
        from response.slack import outbox

        outbox.refresh("headline", self.incident)

    def post_to_thread(self, text: str) -> None:
        """Say something in the thread of the headline post."""
        from response.slack import outbox

        outbox.post_under_headline(self.incident, text)
