"""The runbooks, and which incident each was attached to."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Lower

from response.core import clock
from response.core.models import Incident, Person
from response.plugins import page_url


class Runbook(models.Model):
    """What to do when something breaks: at an address, or written here."""

    name = models.CharField(max_length=100)
    url = models.CharField("address", max_length=500, blank=True, validators=[URLValidator(["http", "https"])])
    text = models.TextField("steps", blank=True)
    phrases = models.TextField(blank=True, help_text="What people say when they need it: a word or phrase a line.")
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_runbook_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its address: its own, or that of the page that shows its steps."""
        return self.url or page_url("runbook_keeper:runbook", self.pk)

    def link(self) -> str:
        """Return it as a link for messages."""
        return f"<{self.get_absolute_url()}|{self.name}>"

    def phrase_list(self) -> list[str]:
        """Return its words and phrases."""
        return [phrase.strip() for phrase in self.phrases.splitlines() if phrase.strip()]


class Attachment(models.Model):
    """A runbook that somebody says an incident is handled by."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="runbook_attachments")
    runbook = models.ForeignKey(Runbook, on_delete=models.PROTECT, related_name="attachments")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["incident", "runbook"], name="attached_once")]

    def __str__(self) -> str:
        return f"{self.runbook} for incident {self.incident_id}"


class Hint(models.Model):
    """That a runbook was brought up in an incident already: it is said once."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    runbook = models.ForeignKey(Runbook, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "runbook"], name="hinted_once")]

    def __str__(self) -> str:
        return f"{self.runbook} in incident {self.incident_id}"
