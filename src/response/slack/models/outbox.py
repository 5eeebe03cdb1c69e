"""What is to be said to Slack, made in the transaction of the change that caused it."""

from django.db import models
from django.utils import timezone

from response.core.models import Incident


class Delivery(models.Model):
    """One effect in Slack: what, for which incident, how often tried, and Slack's answer."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        REFUSED = "refused", "Refused by Slack"
        FOLDED = "folded", "Said as part of a digest"
        DROPPED = "dropped", "Not needed any more"

    kind = models.CharField(max_length=20)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=80, blank=True, help_text="Id or name of the channel it goes to.")
    lane = models.CharField(max_length=120, help_text="What goes to Slack in order.")
    payload = models.JSONField(default=dict)
    merge_key = models.CharField(
        max_length=60,
        null=True,
        unique=True,
        help_text="Of a surface that is rendered when sent: while one waits, another would say the same.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    slot_at = models.DateTimeField(null=True, help_text="Its turn in a channel that takes one message a second.")
    looked = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="How far Slack was searched for what an earlier try may have done: its cursor.",
    )
    error = models.CharField(max_length=200, blank=True, help_text="Slack's name of what went wrong.")
    advice = models.CharField(max_length=300, blank=True, help_text="What somebody can do about it.")
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    retried_at = models.DateTimeField(null=True, help_text="When somebody last had it tried again.")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            # With what counting them by state and age reads, so that it reads nothing else.
            models.Index(
                fields=["state", "created_at"],
                include=["retried_at"],
                name="delivery_unfinished",
                condition=models.Q(state__in=["waiting", "sending", "refused"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"


class Gate(models.Model):
    """When something may next be done: a method that Slack limits, or a channel that takes a message a second."""

    name = models.CharField(max_length=100, unique=True)
    opens_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} until {self.opens_at:%H:%M:%S}"
