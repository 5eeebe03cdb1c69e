"""What Slack refused, once somebody has mended why: tried again by hand, or left undone."""

import logging

from django.db import transaction
from django.utils import timezone

from response.core import actions
from response.core.models import Person
from response.slack.kinds import KINDS
from response.slack.models import Delivery
from response.slack.outbox import ask, lane_of, priority_of
from response.slack.queue import defer

logger = logging.getLogger(__name__)

State = Delivery.State


@transaction.atomic
def try_again(delivery_id: int, *, by: Person) -> bool:
    """Have a refused delivery sent after all. False, and nothing changes, when it is not refused, or not any more."""
    delivery = claim(delivery_id)
    if delivery is None:
        return False
    kind = KINDS.get(delivery.kind)
    reason = delivery.error
    come_back(delivery)
    if kind and kind.again and kind.again(delivery):
        drop(delivery)
    else:
        put_back(delivery)
    write_down("Tried again in Slack", delivery, reason, by=by)
    return True


@transaction.atomic
def leave(delivery_id: int, *, by: Person) -> bool:
    """Leave a refused delivery undone. False, and nothing changes, when it is not refused, or not any more."""
    delivery = claim(delivery_id)
    if delivery is None:
        return False
    drop(delivery)
    write_down("Left undone in Slack", delivery, delivery.error, by=by)
    return True


def claim(delivery_id: int) -> Delivery | None:
    """Lock a refused delivery; whoever presses at the same moment finds that it is not refused any more."""
    refused = Delivery.objects.select_for_update(of=("self",)).select_related("incident")
    return refused.filter(pk=delivery_id, state=State.REFUSED).first()


def come_back(delivery: Delivery) -> None:
    """Join the incident's channel first: Slack takes apps out of one that is archived, and people may do so too."""
    is_out = any(name in delivery.error for name in ("not_in_channel", "is_archived"))
    if is_out and delivery.lane == lane_of(delivery.incident, "comms"):
        ask("join", incident=delivery.incident, channel="comms", place="comms", if_possible=True)


def put_back(delivery: Delivery) -> None:
    """Let the delivery take its turn in its lane once more.

    It may be there all the same: when it was given up after a day, nobody knew. So what can be looked for is looked
    for first.
    """
    kind = KINDS.get(delivery.kind)
    delivery.state = State.SENDING if kind and kind.find else State.WAITING
    delivery.retried_at, delivery.slot_at = timezone.now(), None
    delivery.error = delivery.advice = ""
    delivery.save(update_fields=["state", "retried_at", "slot_at", "error", "advice"])
    defer("deliver", lock=delivery.lane, priority=priority_of(delivery), delivery_id=delivery.pk)


def drop(delivery: Delivery) -> None:
    delivery.state = State.DROPPED
    delivery.save(update_fields=["state"])


def write_down(did: str, delivery: Delivery, reason: str, *, by: Person) -> None:
    """Say in the log, and in the incident's activity log, what somebody did with what Slack refused."""
    logger.info("%s delivery=%d kind=%s", did.lower().replace(" ", "_"), delivery.pk, delivery.kind)
    if delivery.incident:
        text = f"{did}: {what(delivery)} (it was refused: {reason})"
        actions.write_log(delivery.incident, text, by=by, update_type="delivery", delivery=delivery.pk)


def what(delivery: Delivery) -> str:
    """Return what a delivery is, as people call it."""
    kind = KINDS.get(delivery.kind)
    return (kind.what if kind else "") or delivery.kind
