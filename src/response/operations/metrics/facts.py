"""The gauges: how things stand, read from the database when somebody asks."""

from collections.abc import Callable, Iterator

from django.db.models import Count
from django.utils import timezone

from response import __version__
from response.core.models import Incident
from response.operations import checks, database, queue, status
from response.operations.metrics import catalogue
from response.operations.metrics.catalogue import Metric

Value = tuple[tuple[str, ...], float]
Values = Iterator[Value]


def info() -> Values:
    yield (__version__,), 1


def well() -> Values:
    for check in checks.look():
        yield (check.name,), float(check.is_well)


def open_incidents() -> Values:
    counted = Incident.objects.open().order_by().values_list("severity").annotate(Count("pk"))
    for severity, count in counted:
        yield (Incident(severity=severity).severity_text() or "",), count


def deliveries() -> Values:
    for state, pile in status.deliveries().items():
        yield (state.value,), pile.count


def delivery_ages() -> Values:
    for state, pile in status.deliveries().items():
        yield (state.value,), pile.seconds()


def limits() -> Values:
    now = timezone.now()
    for limit in status.limits():
        yield (limit.method,), max(0.0, (limit.until - now).total_seconds())


def jobs() -> Values:
    for each in queue.jobs():
        yield (each.task, each.status), each.count


def one(read: Callable[[], float]) -> Callable[[], Values]:
    """Return the reader of a metric without labels."""

    def values() -> Values:
        yield (), read()

    return values


READERS: dict[Metric, Callable[[], Values]] = {
    catalogue.INFO: info,
    catalogue.CHECKS: well,
    catalogue.OPEN: open_incidents,
    catalogue.INBOX: one(lambda: status.inbound().count),
    catalogue.INBOX_AGE: one(lambda: status.inbound().seconds()),
    catalogue.OUTBOX: deliveries,
    catalogue.OUTBOX_AGE: delivery_ages,
    catalogue.LIMITED: limits,
    catalogue.JOBS: jobs,
    catalogue.JOB_WAIT: one(queue.longest_wait),
    catalogue.WORKERS: one(lambda: sum(worker.is_alive for worker in queue.workers())),
    catalogue.REMINDERS: one(lambda: status.reminders().count),
    catalogue.REMINDERS_LATE: one(lambda: status.lateness(status.reminders())),
    catalogue.BYTES: one(database.size),
}
