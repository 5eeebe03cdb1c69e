"""Something that somebody has to do because of an incident."""

from typing import Any

from django.db import models, transaction

from response.core import changes, clock, signals
from response.core.models.incident import Incident
from response.core.models.person import Person

TRACKED = ("details", "done", "due_date", "user", "priority", "type")


class Action(models.Model):
    """An action: what, whose, and whether it is done. Changing one leaves an entry in the incident's log."""

    class Priority(models.TextChoices):
        HIGH = "1", "High"
        MEDIUM = "2", "Medium"
        LOW = "3", "Low"

    class Type(models.TextChoices):
        DETECTIVE = "1", "Detective"
        PREVENTATIVE = "2", "Preventative"
        CORRECTIVE = "3", "Corrective"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="actions")
    details = models.TextField(help_text="What is to be done, stored as it came.")
    user = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, help_text="Who does it.")
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_date = models.DateTimeField(default=clock.now)
    due_date = models.DateTimeField(null=True, blank=True)
    done = models.BooleanField(default=False)
    done_date = models.DateTimeField(null=True, blank=True)
    priority = models.CharField(max_length=10, null=True, blank=True, choices=Priority)
    type = models.CharField(max_length=10, null=True, blank=True, choices=Type)

    class Meta:
        ordering = ["created_date", "id"]

    def __str__(self) -> str:
        return self.details

    def icon(self) -> str:
        """Return the sign of its state."""
        return "✅" if self.done else "⬜"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: DJ012 - beside what it does
        """Store the action, and write down in the incident's log what changed."""
        with transaction.atomic():
            before = Action.objects.select_for_update().filter(pk=self.pk).first() if self.pk else None
            self.done_date = (self.done_date or clock.now()) if self.done else None
            super().save(*args, **kwargs)
            for text in self._news(before):
                self._write_down(text)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take the action away; the log keeps that there was one."""
        with transaction.atomic():
            self._write_down(f"Action removed: {self.details}")
            return super().delete(*args, **kwargs)

    def _news(self, before: "Action | None") -> list[str]:
        if before is None:
            whose = f" ({self.user.reference()})" if self.user else ""
            return [f"Action added: {self.details}{whose}"]
        news = []
        if before.details != self.details:
            news.append(f"Action changed from {before.details} to {self.details}")
        if before.user != self.user:
            news.append(f"Action given to {self.user.reference() if self.user else 'nobody'}: {self.details}")
        if before.done != self.done:
            news.append(f"Action {'done' if self.done else 'to be done again'}: {self.details}")
        others = [name for name in ("due_date", "priority", "type") if getattr(before, name) != getattr(self, name)]
        return news + [f"Action's {name.replace('_', ' ')} changed: {self.details}" for name in others]

    def _write_down(self, text: str) -> None:
        who = changes.actor()
        event = self.incident.events.create(
            text=text,
            event_type="incident_update",
            metadata={"update_type": "action", "action": self.pk},
            author=who.person,
            via=who.via,
            on_timeline=False,
        )
        signals.timeline_changed.send(type(event), incident=self.incident, event=event)
