"""How far each reminder of each incident has come."""

from django.db import models

from response.core.models import Incident, Person


class Reminder(models.Model):
    """One handler's reminders of one incident."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reminders")
    key = models.CharField(max_length=200, help_text="The handler: its module and name.")
    due_at = models.DateTimeField(help_text="When it looks at the incident next.")
    sent_count = models.PositiveIntegerField(default=0, help_text="How often it was posted.")
    last_sent_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="Set: somebody wants no more of it.")
    stopped_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "key"], name="one_reminder_per_handler")]
        indexes = [
            models.Index(fields=["due_at"], name="reminder_due", condition=models.Q(stopped_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.key} of incident {self.incident_id}"
