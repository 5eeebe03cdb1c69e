"""The work: somebody who does it, a queue that moves, messages that arrive, reminders that come in time."""

from collections.abc import Iterator

from django.conf import settings

from response.doctor import problems
from response.doctor.findings import Finding, well
from response.operations import queue, status
from response.slack.models import Delivery

LATE = 120  # seconds: reminders are looked for every ten


def workers() -> Iterator[Finding]:
    """Find out whether anybody runs the jobs."""
    alive = sum(worker.is_alive for worker in queue.workers())
    yield well("worker", f"{alive} at work") if alive else problems.NO_WORKER()


def jobs() -> Iterator[Finding]:
    """Find out whether jobs are begun in time, and whether messages arrive."""
    waited = queue.longest_wait()
    if waited > settings.QUEUE_LATE_SECONDS:
        yield problems.QUEUE_LATE(seconds=round(waited))
    else:
        yield well("queue", "jobs are begun in time")
    refused = status.deliveries()[Delivery.State.REFUSED].count
    if refused:
        example = status.refused(1)[0]
        yield problems.REFUSED(count=refused, kind=example.kind, error=example.error, advice=example.advice)


def reminders() -> Iterator[Finding]:
    """Find out whether reminders come in time."""
    due = status.reminders()
    if status.lateness(due) > LATE:
        yield problems.REMINDERS_LATE(count=due.count, seconds=round(status.lateness(due)))
    else:
        yield well("reminders", "they come in time")
