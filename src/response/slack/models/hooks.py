"""Lifecycle handlers that are to run, once each."""

from django.db import models
from django.utils import timezone

from response.core.models import Incident, Person


class HookCall(models.Model):
    """One lifecycle handler's turn at one moment of an incident."""

    handler = models.CharField(max_length=200)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    events = models.JSONField(default=list, help_text="The timeline entries of what changed.")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["done_at"], name="hook_failed", condition=models.Q(error__gt=""))]

    def __str__(self) -> str:
        return f"{self.handler} for incident {self.incident_id}"
