"""What Slack sent, stored before it is acknowledged."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils import timezone


class InboundRequest(models.Model):
    """One event, command or interaction. `key` is what makes a repetition recognisable."""

    class Kind(models.TextChoices):
        EVENT = "event"
        COMMAND = "command"
        INTERACTION = "interaction"

    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    lane = models.CharField(max_length=40, help_text="What must stay in order: the channel, or who acted.")
    payload = models.JSONField()
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True, help_text="Why nothing was done with it, if so.")

    class Meta:
        # A constraint, as `unique=True` would bring a second index, which every request pays for.
        constraints = [models.UniqueConstraint(fields=["key"], name="each_request_once")]
        indexes = [
            # Rows come in the order of their time and go in it; this index costs an insert next to nothing.
            BrinIndex(fields=["received_at"], name="request_received", autosummarize=True),
            models.Index(
                fields=["received_at"], name="request_unhandled", condition=models.Q(handled_at=None, note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Heard(models.Model):
    """The newest of what was heard about one thing in Slack: events may come out of order, and late."""

    subject = models.CharField(max_length=120)
    ts = models.CharField(max_length=20, help_text="Slack's time of the event; equal lengths, so it sorts as text.")
    heard_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "heard"
        constraints = [models.UniqueConstraint(fields=["subject"], name="one_newest_a_subject")]

    def __str__(self) -> str:
        return f"{self.subject} at {self.ts}"


class Handling(models.Model):
    """One handler's turn at one request: done once, whatever dies in between."""

    request = models.ForeignKey(InboundRequest, on_delete=models.CASCADE, related_name="handlings")
    handler = models.CharField(max_length=200)
    detail = models.CharField(max_length=200, blank=True, help_text="For example the keyword that matched.")
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    reference = models.CharField(max_length=12, blank=True, help_text="Told to the person, and in the log.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "handler"], name="one_turn_per_handler")]
        indexes = [models.Index(fields=["done_at"], name="handling_failed", condition=models.Q(reference__gt=""))]

    def __str__(self) -> str:
        return f"{self.handler} for {self.request_id}"
