"""That something about an incident changed: what open pages ask for, and what the search reads up on."""

from django.db import models

from response.core.models.incident import Incident


class Pulse(models.Model):
    """Which transaction last changed what an incident's pages show.

    Triggers of the database write it when a transaction commits (migration 0010), so that no change can be missed,
    whoever makes it, and no change waits for another's. Nothing else but the search's mark is written here.
    """

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, primary_key=True, related_name="pulse")
    version = models.BigIntegerField(help_text="The number of that transaction. It never comes twice.")
    is_searchable = models.BooleanField(default=False, help_text="Whether the search has seen this version.")

    class Meta:
        indexes = [
            models.Index(fields=["-version"], name="pulse_latest_first"),
            models.Index(fields=["version"], name="pulse_to_be_read", condition=models.Q(is_searchable=False)),
        ]

    def __str__(self) -> str:
        return f"Version {self.version} of incident {self.incident_id}"
