"""All that the operators' page shows, read at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from response.operations import checks, database, queue, status
from response.operations.checks import Check
from response.operations.status import Failure, Limit, Pile, State
from response.slack import again
from response.slack.models import Delivery

MOST_REFUSED = 100
MOST_WAITING = 25
MOST_FAILED = 20


@dataclass(frozen=True)
class Item:
    """A delivery as a page shows it: `what` it is, in words, and how long it has waited."""

    delivery: Delivery
    what: str

    @classmethod
    def of(cls, delivery: Delivery) -> "Item":
        return cls(delivery, again.what(delivery))

    @property
    def asked_at(self) -> datetime:
        """When somebody last asked for it."""
        return self.delivery.retried_at or self.delivery.created_at


@dataclass(frozen=True)
class Reason:
    """Why Slack refused some deliveries, what somebody can do about it, and which they are."""

    error: str
    advice: str
    items: list[Item]


@dataclass(frozen=True)
class FailedJob:
    """A job that ended with an error that nobody foresaw."""

    number: int
    task: str
    at: datetime | None


@dataclass(frozen=True)
class Overview:
    """How things stand."""

    checks: list[Check]
    deliveries: dict[State, Pile]
    reasons: list[Reason]
    waiting: list[Item]
    limits: list[Limit]
    inbound: Pile
    workers: list[queue.Worker]
    jobs: list[queue.Jobs]
    waited: timedelta
    reminders: Pile
    failures: list[Failure]
    failed_jobs: list[FailedJob]
    bytes: int
    at: datetime = field(default_factory=timezone.now)

    @property
    def refused(self) -> Pile:
        """What Slack refused."""
        return self.deliveries[State.REFUSED]

    @property
    def on_its_way(self) -> int:
        """How many deliveries are not in Slack yet and go there by themselves."""
        return self.deliveries[State.WAITING].count + self.deliveries[State.SENDING].count

    @property
    def troubles(self) -> list[Check]:
        """What needs somebody, beside what Slack refused."""
        return [check for check in self.checks if not check.is_well]


def read() -> Overview:
    """Look at everything."""
    return Overview(
        checks=list(checks.look()),
        deliveries=status.deliveries(),
        reasons=by_reason(status.refused(MOST_REFUSED)),
        waiting=[Item.of(each) for each in status.oldest([State.WAITING, State.SENDING], MOST_WAITING)],
        limits=status.limits(),
        inbound=status.inbound(),
        workers=queue.workers(),
        jobs=queue.jobs(),
        waited=timedelta(seconds=queue.longest_wait()),
        reminders=status.reminders(),
        failures=status.failures(MOST_FAILED),
        failed_jobs=[FailedJob(*row) for row in queue.failed(MOST_FAILED)],
        bytes=database.size(),
    )


def by_reason(refused: Iterable[Delivery]) -> list[Reason]:
    """Return them by what Slack answered, each oldest first: one thing to mend often lets many through.

    The most frequent answer comes first.
    """
    ordered = sorted(refused, key=lambda each: (answer_of(each), each.pk))
    groups = [Reason(*answer, [Item.of(each) for each in group]) for answer, group in groupby(ordered, answer_of)]
    return sorted(groups, key=lambda reason: -len(reason.items))


def answer_of(delivery: Delivery) -> tuple[str, str]:
    return delivery.error, delivery.advice
