"""The worker process: takes jobs from PostgreSQL as they come in, and leaves none behind when it ends.

Procrastinate's own `procrastinate worker` command puts its connection in place of Django's: a job that one of our
jobs defers would not belong to the transaction of what that job changed. Here jobs defer through Django's.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import procrastinate
import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from response.operations.metrics.tally import Flusher
from response.project import anew
from response.project.doubts import say_doubts
from response.project.lanes import LaneJobs, LaneWorker
from response.project.recovery import Recovery

logger = logging.getLogger("response.worker")

CONCURRENCY = 8
# Jobs that are to run later, or again, are announced by nobody: this is how late they may start, in seconds.
POLLING_INTERVAL = 0.5
HEARTBEAT_INTERVAL = 5.0
# How long the jobs at hand may take when the worker is told to stop. Orchestrators kill after 10 s.
GRACE = 8.0
LONGEST_PAUSE = 5.0


def work(*, concurrency: int = CONCURRENCY) -> None:
    """Run jobs until SIGTERM or SIGINT. SIGUSR1 takes up changed code. Needs Django to be set up."""
    say_doubts(settings.CONFIG)
    asyncio.run(_work(concurrency))


async def _work(concurrency: int) -> None:
    told = Told()
    told.listen(asyncio.get_running_loop())
    flusher = Flusher()
    flusher.start()
    await work_until(told.stop, concurrency=concurrency, end_at_once=told.end)
    await sync_to_async(flusher.stop)()
    if told.to_start_anew:
        anew.start_anew()


class Told:
    """What signals have told the worker: to stop, and whether it is to start anew then."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.to_start_anew = False

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the signals, and the one that waited for this."""
        for number in (signal.SIGTERM, signal.SIGINT, anew.WORKER):
            loop.add_signal_handler(number, self.hear, number)
        anew.heed(anew.WORKER)

    def hear(self, number: signal.Signals) -> None:
        """Remember the last that was said."""
        self.to_start_anew = number == anew.WORKER
        self.stop.set()

    def end(self) -> None:
        """End this process without waiting for its threads, which cannot be stopped in any other way."""
        logging.shutdown()
        anew.start_anew() if self.to_start_anew else os._exit(0)


async def work_until(
    stop: asyncio.Event, *, concurrency: int = CONCURRENCY, end_at_once: Callable[[], None] | None = None
) -> None:
    """Run jobs until `stop` is set, and come back whenever the database does.

    Jobs that do not finish then are given back, and `end_at_once` ends the process.
    """
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(concurrency + 1, thread_name_prefix="job"))
    for name in ("procrastinate.utils", "procrastinate.worker.worker"):
        logging.getLogger(name).addFilter(_is_worth_a_line)
    logger.info("worker_started concurrency=%d", concurrency)
    pause = 0.0
    while not stop.is_set():
        await _wait_for(stop, pause)
        started = loop.time()
        await _work_until_trouble(stop, concurrency, end_at_once or Told().end)
        pause = min(max(pause * 2, 0.25), LONGEST_PAUSE) if loop.time() - started < LONGEST_PAUSE else 0.0
    logger.info("worker_stopped")


async def _work_until_trouble(stop: asyncio.Event, concurrency: int, end_at_once: Callable[[], None]) -> None:
    """Run jobs until told to stop, or until the database goes away: then everything is set up anew."""
    recovery = Recovery()
    session = asyncio.create_task(_session(recovery, concurrency))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({session, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    session.cancel()
    await asyncio.wait({session}, timeout=GRACE)
    if not session.done():
        await recovery.give_back()
        end_at_once()
    if stop.is_set() or session.cancelled():
        return
    error = session.exception()
    if error is not None and not isinstance(error, (ConnectorException, psycopg.Error, PoolTimeout, OSError)):
        raise error
    logger.warning("worker_lost_database reason=%s", type(error or ConnectorException()).__name__)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whether a log record of Procrastinate's says more than our own line about the lost database."""
    return not (record.exc_info and isinstance(record.exc_info[1], ConnectorException))


async def _session(recovery: Recovery, concurrency: int) -> None:
    """Open connections, register as a worker and run jobs. When cancelled it lets the jobs at hand finish."""
    await sync_to_async(close_old_connections)()  # the periodic jobs' thread may hold one to a database that went
    connector = procrastinate.PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=2, timeout=10, num_workers=1
    )
    app = django_app.with_connector(connector)
    app.job_manager = LaneJobs(connector)
    async with app.open_async():
        recovery.watch(app.job_manager, connector)
        rescuer = asyncio.create_task(recovery.run())
        try:
            app.perform_import_paths()  # type: ignore[no-untyped-call]
            await LaneWorker(app, **_options(app, recovery, concurrency)).run()  # type: ignore[no-untyped-call]
        finally:
            rescuer.cancel()


def _options(app: procrastinate.App, recovery: Recovery, concurrency: int) -> dict[str, Any]:
    return {
        **app.worker_defaults,
        "concurrency": concurrency,
        "fetch_job_polling_interval": POLLING_INTERVAL,
        "update_heartbeat_interval": HEARTBEAT_INTERVAL,
        "delete_jobs": "successful",
        "install_signal_handlers": False,
        "worker_middleware": [recovery.note],
    }


async def _wait_for(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), timeout=seconds)
    except TimeoutError:
        return
