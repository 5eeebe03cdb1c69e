"""Who took part in an incident's channel, and what they pinned."""

from django.db import models

from response.core.models import Incident, Person, TimelineEvent
from response.slack.compat.models import OriginalPins, OriginalStats


class PinnedMessage(models.Model):
    """A message that stands on the timeline because it is pinned."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    message_ts = models.CharField(max_length=20)
    text = models.TextField()
    timestamp = models.DateTimeField()
    timeline_event = models.OneToOneField(TimelineEvent, on_delete=models.CASCADE)
    held_by = models.JSONField(default=list, help_text='What keeps it there: "pin", and "reaction:" with who reacted.')

    objects = OriginalPins()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "message_ts"], name="one_pin_per_message")]

    def __str__(self) -> str:
        return f"{self.message_ts} of incident {self.incident_id}"


class UserStats(models.Model):
    """Somebody's part in an incident's channel."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(Person, on_delete=models.PROTECT)
    join_time = models.DateTimeField(null=True)
    message_count = models.PositiveIntegerField(default=0)

    objects = OriginalStats()

    class Meta:
        verbose_name_plural = "user stats"
        constraints = [models.UniqueConstraint(fields=["incident", "user"], name="one_count_per_person")]

    def __str__(self) -> str:
        return f"{self.user} in incident {self.incident_id}"
