"""Jobs whose worker died, and jobs whose end was never written down: they are taken up again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.worker import Worker
from psycopg_pool import PoolTimeout

from response.core import about

logger = logging.getLogger("response.worker")

# With a heartbeat every 5 s, a killed worker's job is taken up after 20 s at most, the check's pace included.
STALLED_AFTER = 15.0
CHECK_EVERY = 5.0
# Failed jobs stay this long for whoever wants to know what happened.
KEEP_FAILED_HOURS = 30 * 24
# One worker at a time looks for stalled jobs, or two might start the same one twice. The number means nothing.
_ADVISORY_LOCK = 0x52657370


@app.periodic(cron="41 3 * * *")
@app.task(name="response.remove_old_jobs", queueing_lock="response.remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  (every periodic job gets it)
    """Delete the failed jobs that nobody will ask about any more.

    There has to be one periodic job: without any, Procrastinate's worker does not notice the end of its heartbeat
    or of its listening when the database restarts (it watches until the first of its side tasks ends, and the one
    that defers periodic jobs would end at once).
    """
    await context.app.job_manager.delete_old_jobs(
        KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


class Recovery:
    """What one worker does for jobs that were left behind, its own included."""

    def __init__(self) -> None:
        self.running: dict[int, Job] = {}
        self.worker_id: int | None = None
        self._suspects: set[int] = set()
        self._manager: JobManager | None = None
        self._connector: PsycopgConnector | None = None

    def watch(self, manager: JobManager, connector: PsycopgConnector) -> None:
        """Look after the jobs that this manager knows, through this connector."""
        self._manager, self._connector = manager, connector

    async def note(self, call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
        """Worker middleware: know which jobs run here just now."""
        job = context.job
        self.worker_id = worker.worker_id
        if job.id is None:
            return await call_next()
        self.running[job.id] = job
        try:
            with about.doing(job=job.id, task=job.task_name):
                return await call_next()
        finally:
            del self.running[job.id]

    async def run(self) -> None:
        """Look for jobs left behind, for as long as the worker runs."""
        while True:
            try:
                await self.take_up_stalled()
                await self.take_up_forgotten()
            except (ConnectorException, psycopg.Error, PoolTimeout) as error:
                logger.warning("recovery_failed reason=%s", type(error).__name__)
            await asyncio.sleep(CHECK_EVERY)

    async def take_up_stalled(self) -> None:
        """Have the jobs of workers without a heartbeat run again."""
        manager, connector = self._parts()
        async with connector.pool.connection() as connection:
            cursor = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
            row = await cursor.fetchone()
            if row and row[0]:
                for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
                    await self._again(job, "stalled")

    async def take_up_forgotten(self) -> None:
        """Have jobs run again that the database believes to run here and that do not.

        Such a job was taken or finished at the moment when the database went away. A job may look like that for
        an instant in good times too, so it has to be missing at two checks.
        """
        manager, _ = self._parts()
        if self.worker_id is None:
            return
        taken = await manager.list_jobs_async(status="doing", worker_id=self.worker_id)
        missing = {job.id: job for job in taken if job.id is not None and job.id not in self.running}
        for job_id in self._suspects & missing.keys():
            await self._again(missing[job_id], "forgotten")
        self._suspects = set(missing)

    async def give_back(self) -> None:
        """Leave the jobs that run here to other workers."""
        for job in list(self.running.values()):
            await self._again(job, "given_back")

    async def _again(self, job: Job, why: str) -> None:
        manager, _ = self._parts()
        try:
            await manager.retry_job(job)
        except ConnectorException:
            logger.info("job_had_ended job=%s task=%s", job.id, job.task_name)
        else:
            logger.warning("job_%s job=%s task=%s", why, job.id, job.task_name)

    def _parts(self) -> tuple[JobManager, PsycopgConnector]:
        if self._manager is None or self._connector is None:
            raise RuntimeError("watch() comes first")
        return self._manager, self._connector
