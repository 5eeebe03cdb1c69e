"""What is counted when the other parts announce something."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from response.core.models import TimelineEvent
from response.operations.metrics import catalogue
from response.operations.metrics.tally import tally
from response.slack import signals
from response.slack.models import Delivery


def connect() -> None:
    """Start listening."""
    signals.slack_called.connect(called, dispatch_uid="operations.called")
    signals.delivery_sent.connect(sent, dispatch_uid="operations.sent")
    signals.handler_failed.connect(failed, dispatch_uid="operations.failed")


def called(method: str, outcome: str, error: str, seconds: float, **_: Any) -> None:
    """Count a call of Slack."""
    tally.count(catalogue.SLACK_CALLS, method, outcome, error)
    tally.observe(catalogue.SLACK_SECONDS, seconds, method)


def sent(delivery: Delivery, **_: Any) -> None:
    """Measure how long it took, once it is sure that it is done."""
    transaction.on_commit(lambda: measure(delivery))


def measure(delivery: Delivery) -> None:
    """Measure from when it was last asked for; the first headline and the channel also from the declaring."""
    asked_at = delivery.retried_at or delivery.created_at
    tally.observe(catalogue.DELIVERY_SECONDS, (timezone.now() - asked_at).total_seconds(), delivery.kind)
    declared_to = {"headline": catalogue.HEADLINE_SECONDS, "create_channel": catalogue.CHANNEL_SECONDS}
    metric = declared_to.get(delivery.kind)
    if metric and not is_repeated(delivery):
        opened = TimelineEvent.objects.filter(
            incident_id=delivery.incident_id or 0, metadata__update_type="incident_opened"
        )
        declared_at = opened.values_list("created_at", flat=True).first()
        if declared_at:
            tally.observe(metric, max(0.0, (timezone.now() - declared_at).total_seconds()))


def is_repeated(delivery: Delivery) -> bool:
    """Whether the incident had one like it before."""
    earlier = Delivery.objects.filter(kind=delivery.kind, incident=delivery.incident, pk__lt=delivery.pk)
    return earlier.filter(state=Delivery.State.SENT).exists()


def failed(handler: str, **_: Any) -> None:
    """Count a handler that failed."""
    tally.count(catalogue.FAILURES, handler)
