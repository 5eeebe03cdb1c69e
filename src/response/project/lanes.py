"""Jobs of one lane one after the other: how a worker finds the next, and goes on at once."""

from collections.abc import Iterable
from typing import Any

from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.worker import Worker

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


class LaneWorker(Worker):
    """Procrastinate's worker, looking for work again as soon as a job is over.

    Jobs of one lock run one after the other. When one ends, the next becomes free without anybody announcing it, and
    Procrastinate's own worker finds it at its next poll; an incident's channel would fill in steps of a poll.
    """

    async def _persist_job_status(self, *args: Any, **kwargs: Any) -> None:
        await super()._persist_job_status(*args, **kwargs)
        self._new_job_event.set()
