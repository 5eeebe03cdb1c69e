"""How things stand, as facts of the database. Each costs a bounded number of queries, however much there is.

Jobs and workers are in `queue.py`, the database itself in `database.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from response.core import clock
from response.reminders import schedule
from response.slack import reminding
from response.slack.models import Delivery, Gate, Handling, HookCall, InboundRequest

State = Delivery.State
UNFINISHED = (State.WAITING, State.SENDING, State.REFUSED)
METHOD = "method:"


@dataclass(frozen=True)
class Pile:
    """How many there are, and since when the oldest is there."""

    count: int = 0
    since: datetime | None = None

    def seconds(self, now: datetime | None = None) -> float:
        """Return how long the oldest has been there; 0 when there is none."""
        return max(0.0, ((now or timezone.now()) - self.since).total_seconds()) if self.since else 0.0


@dataclass(frozen=True)
class Failure:
    """A handler that failed, and the reference by which the log knows it. `trigger` is what it was called for."""

    at: datetime
    handler: str
    trigger: str
    reference: str
    incident: int | None = None


@dataclass(frozen=True)
class Limit:
    """A method of Slack's that is left alone until a moment, because Slack asked for it."""

    method: str
    until: datetime


def deliveries() -> dict[State, Pile]:
    """Return what is not in Slack yet, by state. The age counts from the last time somebody asked for it."""
    asked_at = Coalesce("retried_at", "created_at")
    found = (
        Delivery.objects.filter(state__in=UNFINISHED).values_list("state").annotate(n=Count("pk"), since=Min(asked_at))
    )
    piles = {State(state): Pile(count, since) for state, count, since in found}
    return {state: piles.get(state, Pile()) for state in UNFINISHED}


def oldest(states: Sequence[State], limit: int) -> list[Delivery]:
    """Return the deliveries in these states that were made first."""
    found = chain.from_iterable(with_incident(state).order_by("created_at")[:limit] for state in states)
    return sorted(found, key=lambda delivery: delivery.created_at)[:limit]


def refused(limit: int) -> list[Delivery]:
    """Return what Slack refused, the newest first."""
    return list(with_incident(State.REFUSED).order_by("-created_at", "-pk")[:limit])


def with_incident(state: State) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=state).select_related("incident").defer("payload", "answer")


def inbound() -> Pile:
    """Return what Slack sent that no handler was found for yet."""
    unhandled = InboundRequest.objects.filter(handled_at=None, note="")
    return Pile(*unhandled.aggregate(Count("pk"), Min("received_at")).values())


def failures(limit: int) -> list[Failure]:
    """Return the handlers that failed, the newest first."""
    handlings = Handling.objects.filter(reference__gt="").select_related("request").defer("request__payload")
    hooks = HookCall.objects.filter(error__gt="")
    newest = ("-done_at", "-pk")
    found = [failed_handling(each) for each in handlings.order_by(*newest)[:limit]]
    found += [failed_hook(each) for each in hooks.order_by(*newest)[:limit]]
    return sorted(found, key=lambda failure: failure.at, reverse=True)[:limit]


def failed_handling(handling: Handling) -> Failure:
    at = handling.done_at or handling.request.received_at
    return Failure(at, handling.handler, handling.request.kind, handling.reference)


def failed_hook(turn: HookCall) -> Failure:
    _, _, reference = turn.error.rpartition(" ")  # "ValueError, reference 1a2b3c4d"
    return Failure(turn.done_at or turn.asked_at, turn.handler, "lifecycle", reference, turn.incident_id)


def reminders() -> Pile:
    """Return the reminders whose time has come. They are looked for every ten seconds."""
    due = schedule.due(reminding.plans())
    return Pile(*due.aggregate(Count("pk"), Min("due_at")).values())


def lateness(due: Pile) -> float:
    """Return by how many seconds the first of the reminders that are due is late, by the clock that they run by."""
    return due.seconds(clock.now())


def limits() -> list[Limit]:
    """Return the methods that Slack limits now, the longest first."""
    gates = Gate.objects.filter(name__startswith=METHOD, opens_at__gt=timezone.now()).order_by("-opens_at")
    return [Limit(gate.name.removeprefix(METHOD), gate.opens_at) for gate in gates]
