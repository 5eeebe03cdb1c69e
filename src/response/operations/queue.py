"""The queue and its workers, as Procrastinate's tables have them. Ages are by the database's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

SILENT = timedelta(seconds=30)
"""A worker that gave no sign for so long is taken for dead; it gives one every five seconds."""

# The first job of each lane, if it may start: what waits behind another, or for its time, waits for no worker.
# A job without a time of its own has been ready since it was deferred; ids are in that order, so one is looked up.
LONGEST_READY = """
    WITH heads AS (
        (
            SELECT DISTINCT ON (lock) id, lock, status, scheduled_at FROM procrastinate_jobs
            WHERE status IN ('todo', 'doing') AND lock IS NOT NULL
            ORDER BY lock, priority DESC, id
        )
        UNION ALL
        SELECT id, lock, status, scheduled_at FROM procrastinate_jobs WHERE status = 'todo' AND lock IS NULL
    ), ready AS (
        SELECT
            min(scheduled_at) AS since,
            min(id) FILTER (WHERE scheduled_at IS NULL) AS first
        FROM heads
        WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
            AND NOT EXISTS (
                SELECT FROM procrastinate_jobs AS other WHERE other.lock = heads.lock AND other.status = 'doing'
            )
    )
    SELECT extract(epoch FROM now() - least(
        since, (SELECT min(at) FROM procrastinate_events WHERE job_id = first AND type = 'deferred')
    ))::float FROM ready
"""


@dataclass(frozen=True)
class Jobs:
    """How many jobs of a task are in a state: `todo`, `doing` or `failed`."""

    task: str
    status: str
    count: int

    @property
    def words(self) -> str:
        """The state in words."""
        return {"todo": "waiting", "doing": "at work"}.get(self.status, self.status)


@dataclass(frozen=True)
class Worker:
    """A worker: how long ago it gave its last sign, and how many jobs it runs."""

    number: int
    silence: timedelta
    running: int

    @property
    def is_alive(self) -> bool:
        """Whether it gave a sign lately."""
        return self.silence < SILENT


def jobs() -> list[Jobs]:
    """Return the jobs that wait, run or have failed, by task. Those that succeeded are deleted."""
    found = ProcrastinateJob.objects.exclude(status="succeeded").order_by()
    counted = found.values_list("task_name", "status").annotate(Count("id"))
    return [Jobs(*row) for row in sorted(counted)]


def longest_wait() -> float:
    """Return how many seconds the job that has waited longest for a worker has waited. 0: none waits."""
    with connection.cursor() as cursor:
        cursor.execute(LONGEST_READY)
        seconds: float | None = cursor.fetchone()[0]
    return max(0.0, seconds or 0.0)


def workers() -> list[Worker]:
    """Return the workers that are registered, the liveliest first. One that is dead is forgotten after a while."""
    silence = ExpressionWrapper(Now() - F("last_heartbeat"), output_field=DurationField())
    found = ProcrastinateWorker.objects.annotate(
        silence=silence, running=Count("procrastinatejob", filter=Q(procrastinatejob__status="doing"))
    )
    return [Worker(*row) for row in found.order_by("silence", "id").values_list("id", "silence", "running")]


def failed(limit: int) -> list[tuple[int, str, datetime | None]]:
    """Return jobs that ended with an error, the newest first: their number, their task, and when."""
    found = ProcrastinateJob.objects.filter(status="failed").order_by("-id")
    at = Max("procrastinateevent__at", filter=Q(procrastinateevent__type="failed"))
    return list(found.annotate(at=at).values_list("id", "task_name", "at")[:limit])
