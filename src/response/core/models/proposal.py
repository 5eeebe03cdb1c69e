"""A text that somebody wants to put in the place of another person's, until they are sure."""

from django.db import models

from response.core import clock
from response.core.models.incident import Incident
from response.core.models.person import Person


class Proposal(models.Model):
    """What a field of an incident should say instead. Taken over once, by a press of a button."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="proposals")
    field = models.CharField(max_length=20)
    text = models.TextField()
    replaces = models.TextField(blank=True, help_text="What its author was shown.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=clock.now)
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.field} of incident {self.incident_id}"
