"""Jobs of one lane one after the other: how a worker finds the next, and goes on at once."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import RetryDecision
from procrastinate.worker import Worker

SOON = 60.0  # seconds; what is to run later than that can wait for a poll
FETCH = "SELECT * FROM response_fetch_job(%(queues)s::varchar[], %(worker_id)s)"


class LaneJobs(JobManager):
    """Procrastinate's jobs, found by lane: with many waiting, a fetch costs what it costs with few.

    docs/decisions/fetching.md has the figures; migration 0005 has the function.
    """

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """Take a job that may start now, or None when there is none."""
        wanted = list(queues) if queues is not None else None
        row = await self.connector.execute_query_one_async(query=FETCH, queues=wanted, worker_id=worker_id)
        return Job.from_row(row) if row["id"] is not None else None

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Have a job run again, unless the same is asked for already: then that is the one that runs.

        Of a job with a queueing lock, one waits at most. It would stay "doing" for ever, and its lane with it.
        """
        try:
            await super().retry_job(job, retry_at, priority, queue, lock)
        except UniqueViolation:
            await self.finish_job(job, Status.FAILED, delete_job=True)


class LaneWorker(Worker):
    """Procrastinate's worker, looking for work again as soon as a job is over, and when one is to run again.

    Jobs of one lock run one after the other. When one ends, the next becomes free without anybody announcing it, and so
    does one that waited for its turn. Procrastinate's own worker finds both at its next poll; an incident's channel
    would fill in steps of a poll.
    """

    async def _persist_job_status(
        self, job: Job, status: Status, retry_decision: RetryDecision | None, *more: Any, **named: Any
    ) -> None:
        await super()._persist_job_status(job, status, retry_decision, *more, **named)
        self._new_job_event.set()
        if retry_decision and retry_decision.retry_at:
            seconds = (retry_decision.retry_at - datetime.now(UTC)).total_seconds()
            if seconds < SOON:
                asyncio.get_running_loop().call_later(max(seconds, 0), self._new_job_event.set)
