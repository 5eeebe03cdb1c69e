"""Sending one delivery: wait for its turn, send, and settle what Slack answered.

The row is marked before Slack is called and settled after, in two transactions. Whatever dies in between leaves a
row that says "sending": the next try then looks whether Slack has it already before it says it again.
"""

import logging
import time
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from response.core import about
from response.core.errors import PermanentError, TemporaryError
from response.slack import gates, signals
from response.slack.client import RateLimited, SlackRefused, Unanswered
from response.slack.kinds import KINDS, Kind
from response.slack.models import Delivery

logger = logging.getLogger(__name__)

State = Delivery.State
UNFINISHED = (State.WAITING, State.SENDING)
LONGEST = timedelta(days=1)  # how long a delivery is tried
SHORT = 0.05  # seconds that are waited for here; a longer wait gives the worker to others
KEPT_OF_ANSWER = ("ts", "channel", "message_ts")


def deliver(delivery_id: int) -> None:
    """Send the delivery. Raises ComeBack until it is its turn, TemporaryError when it is worth another try."""
    where = ("incident", "incident__commschannel", "incident__headlinepost")
    delivery = Delivery.objects.select_related(*where).filter(pk=delivery_id).first()
    if delivery is None or delivery.state not in UNFINISHED:
        return
    about.note(incident=delivery.incident_id)
    may_be_there = delivery.state == State.SENDING
    try:
        kind = KINDS[delivery.kind]
        wait_until(turn_of(kind, delivery))
        if kind.gather and not may_be_there:
            kind.gather(delivery)
        if start(delivery):
            settle(kind, delivery, send(kind, delivery, may_be_there=may_be_there))
    except gates.ComeBack:
        raise
    except TemporaryError as error:
        postpone(delivery, error, may_be_there=may_be_there)
        raise
    except PermanentError as error:
        refuse(delivery, error)
    except (OperationalError, InterfaceError):
        raise  # the database is away; if the row says "sending", the next try looks in Slack first
    except Exception as error:
        logger.exception("delivery_failed delivery=%d kind=%s", delivery.pk, delivery.kind)
        refuse(delivery, PermanentError(type(error).__name__, advice="This is a bug; the log says more."))


def turn_of(kind: Kind, delivery: Delivery) -> datetime | None:
    """Return when the delivery may go; None or a moment that is past means now."""
    if limited := gates.opening(kind.methods):
        return gates.turn_after(*limited)
    every = settings.SLACK_MESSAGE_SECONDS
    gate = kind.gate(delivery) if kind.gate and every else None
    if gate and (delivery.slot_at is None or delivery.slot_at < timezone.now() - timedelta(seconds=every)):
        delivery.slot_at = gates.reserve(gate, every, for_delivery=delivery.pk)
    return delivery.slot_at if gate else None


def wait_until(moment: datetime | None) -> None:
    """Wait for a moment that is near. Raises ComeBack for one that is not."""
    seconds = (moment - timezone.now()).total_seconds() if moment else 0
    if seconds > SHORT and moment:
        raise gates.ComeBack(moment)
    if seconds > 0:
        time.sleep(seconds)


def start(delivery: Delivery) -> bool:
    """Mark the delivery as being sent. From here on, changes ask for another one instead of merging into it.

    It waits for whoever is just asking for the same surface. False when somebody else has finished it.
    """
    waiting = Delivery.objects.filter(pk=delivery.pk, state__in=UNFINISHED)
    delivery.state, delivery.merge_key, delivery.attempts = State.SENDING, None, delivery.attempts + 1
    return bool(waiting.update(state=State.SENDING, merge_key=None, attempts=delivery.attempts))


def send(kind: Kind, delivery: Delivery, *, may_be_there: bool) -> dict[str, Any]:
    """Call Slack, unless an earlier try whose answer was lost has done it."""
    if may_be_there and kind.find is not None:
        found = kind.find(delivery)
        if found is not None:
            logger.info("delivery_found delivery=%d kind=%s", delivery.pk, delivery.kind)
            return found
    return kind.send(delivery)


def settle(kind: Kind, delivery: Delivery, answer: dict[str, Any]) -> None:
    """Record that Slack has it, with what follows from that."""
    drop_older(kind, delivery)
    with transaction.atomic() if kind.settle else nullcontext():
        if kind.settle:
            kind.settle(delivery, answer)
        mark_sent(delivery, answer)
        signals.delivery_sent.send(Delivery, delivery=delivery)


def mark_sent(delivery: Delivery, answer: dict[str, Any]) -> None:
    delivery.state, delivery.sent_at, delivery.error = State.SENT, timezone.now(), ""
    delivery.answer = {name: answer[name] for name in KEPT_OF_ANSWER if isinstance(answer.get(name), str)}
    delivery.save(update_fields=["state", "sent_at", "error", "answer"])


def postpone(delivery: Delivery, error: TemporaryError, *, may_be_there: bool) -> None:
    """Note why it did not go. While Slack may have it all the same, it stays "sending". A day later it is given up."""
    if timezone.now() - (delivery.retried_at or delivery.created_at) > LONGEST:
        refuse(delivery, PermanentError(str(error), advice="Slack did not take it for a day. Try it again by hand."))
        return
    error.retry_after = seconds_until_next_try(error, delivery.attempts)
    unknown = may_be_there or isinstance(error, Unanswered)
    delivery.state = State.SENDING if unknown else State.WAITING
    delivery.error = str(error)[:200]
    delivery.save(update_fields=["state", "error"])
    logger.info("delivery_retried delivery=%d attempt=%d reason=%s", delivery.pk, delivery.attempts, error)


def seconds_until_next_try(error: TemporaryError, attempts: int) -> float:
    """Return how long to wait. To be limited is no failure: it lasts as long as Slack says, however often."""
    if isinstance(error, RateLimited):
        turn = gates.turn_after(error.method, gates.shut(error.method, error.retry_after or 0))
        return max((turn - timezone.now()).total_seconds(), 0.1)
    return max(error.retry_after or 0, gates.pause(max(attempts - 1, 0)))


@transaction.atomic
def refuse(delivery: Delivery, error: PermanentError) -> None:
    """Note that Slack will not have it, and what somebody can do. It is not tried again by itself."""
    name = error.error if isinstance(error, SlackRefused) else ""
    delivery.state, delivery.merge_key = State.REFUSED, None
    delivery.error, delivery.advice = str(error)[:200], error.advice[:300]
    delivery.save(update_fields=["state", "merge_key", "error", "advice"])
    kind = KINDS.get(delivery.kind)
    if kind is not None:
        drop_older(kind, delivery)
    if kind is not None and kind.refused is not None:
        kind.refused(delivery, name or str(error))
    logger.warning("delivery_refused delivery=%d kind=%s error=%s", delivery.pk, delivery.kind, name or error)


def drop_older(kind: Kind, delivery: Delivery) -> None:
    """Drop what was refused before of a surface: this one says, or would have said, all of it."""
    if kind.is_current:
        older = Delivery.objects.filter(kind=delivery.kind, incident=delivery.incident, state=State.REFUSED)
        older.exclude(pk=delivery.pk).update(state=State.DROPPED)
