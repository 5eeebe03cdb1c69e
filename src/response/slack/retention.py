"""What is kept, and for how long: the record for good, what it took to write it only while somebody may need it.

Thousands of rows go at a time, each time in a transaction of its own, so that nobody waits for it.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from response.slack.inbox import UNWANTED
from response.slack.models import Delivery, Handling, Heard, HookCall, InboundRequest

UNWANTED_KEPT = timedelta(minutes=10)
"""A message of a channel that is no incident's may turn out to be one's: Slack tells before we have recorded it."""
AT_ONCE = 5000


def forget() -> None:
    """Drop what nobody can need any more: texts first, then rows."""
    now = timezone.now()
    requests = InboundRequest.objects.exclude(pk__in=Handling.objects.filter(done_at=None).values("request"))
    read = Q(handled_at__lt=now - timedelta(hours=settings.INBOX_TEXT_HOURS))
    empty(requests.exclude(payload={}).filter(read | Q(note=UNWANTED, received_at__lt=now - UNWANTED_KEPT)))
    repeated = now - timedelta(hours=settings.INBOX_KEPT_HOURS)
    delete(requests.filter(Q(handled_at__isnull=False) | Q(note=UNWANTED), received_at__lt=repeated))
    delete(Heard.objects.filter(heard_at__lt=repeated))
    said = now - timedelta(days=settings.OUTBOX_KEPT_DAYS)
    delete(Delivery.objects.filter(state=Delivery.State.SENT, sent_at__lt=said))
    delete(Delivery.objects.filter(state__in=[Delivery.State.FOLDED, Delivery.State.DROPPED], created_at__lt=said))
    delete(HookCall.objects.filter(done_at__lt=said))


def empty(requests: QuerySet[InboundRequest]) -> None:
    """Forget what was said; the keys stay, by which repetitions are recognised."""
    for ids in in_steps(requests):
        InboundRequest.objects.filter(pk__in=ids).update(payload={})


def delete(rows: QuerySet[Any]) -> None:
    """Delete the rows."""
    for ids in in_steps(rows):
        rows.model.objects.filter(pk__in=ids).delete()


def in_steps(rows: QuerySet[Any], *, at_once: int = AT_ONCE) -> Iterator[list[int]]:
    """Yield the keys of so many rows at a time, until whoever asks has left none."""
    while ids := list(rows.order_by().values_list("pk", flat=True)[:at_once]):
        yield ids
