"""What happened and when, in two layers: the activity log holds everything, the timeline what people chose."""

from django.db import models

from response.core import clock
from response.core.models.incident import Incident
from response.core.models.person import Person


class TimelineEvent(models.Model):
    """An entry. `text` is stored as it came; who reads it renders it."""

    class Kind(models.TextChoices):
        TEXT = "text", "Note"
        PIN = "slack_pin", "Pinned message"
        UPDATE = "incident_update", "Change"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="events")
    timestamp = models.DateTimeField(default=clock.now, help_text="When it happened, not when it was written down.")
    text = models.TextField()
    event_type = models.CharField(max_length=20, choices=Kind, default=Kind.TEXT)
    metadata = models.JSONField(default=dict, blank=True)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=20, blank=True, help_text="Where it came from: slack, web, api or admin.")
    on_timeline = models.BooleanField(default=True, help_text="Off: only in the activity log.")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["timestamp", "id"]
        indexes = [models.Index(fields=["incident", "timestamp", "id"], name="timeline_in_order")]

    def __str__(self) -> str:
        return f"{self.timestamp:%Y-%m-%d %H:%M:%S} {self.event_type} of incident {self.incident_id}"
