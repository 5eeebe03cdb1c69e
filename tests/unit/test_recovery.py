"""Jobs that were left behind: a worker was killed, or the database went away at the wrong moment."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import Job

from response.project.lanes import LaneJobs
from response.project.recovery import Recovery

pytestmark = pytest.mark.django_db(transaction=True)


def left_behind(*, heartbeat_age: int) -> tuple[int, int]:
    """A job that a worker took, and that worker, which gave its last sign so many seconds ago."""
    job_id = app.configure_task("unknown.task", allow_unknown=True).defer()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [heartbeat_age],
        )
        [worker_id] = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker_id, job_id]
        )
    return job_id, worker_id


def status(job_id: int) -> str:
    return app.job_manager.get_job_status(job_id).value


def recover(*steps: Callable[[Recovery], Awaitable[Any]], recovery: Recovery | None = None) -> None:
    """Do the steps with a recovery that is connected as it is in a worker."""
    recovery = recovery or Recovery()

    async def connected() -> None:
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
        async with app.with_connector(connector).open_async() as worker_app:
            worker_app.job_manager = LaneJobs(connector)
            recovery.watch(worker_app.job_manager, connector)
            for step in steps:
                await step(recovery)

    asyncio.run(connected())


def test_a_job_of_a_silent_worker_is_taken_up() -> None:
    job_id, _ = left_behind(heartbeat_age=16)
    recover(Recovery.take_up_stalled)
    assert status(job_id) == "todo"


def test_a_job_that_is_asked_for_already_makes_way_for_that_one() -> None:
    job_id, _ = left_behind(heartbeat_age=16)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = 'once' WHERE id = %s", [job_id])
    other = app.configure_task("unknown.task", allow_unknown=True, queueing_lock="once").defer()
    recover(Recovery.take_up_stalled)
    assert job_id not in {job.id for job in app.job_manager.list_jobs()}
    assert status(other) == "todo"


def test_a_job_of_a_living_worker_is_left_alone() -> None:
    job_id, _ = left_behind(heartbeat_age=6)
    recover(Recovery.take_up_stalled)
    assert status(job_id) == "doing"


def test_one_worker_at_a_time_looks_for_stalled_jobs() -> None:
    job_id, _ = left_behind(heartbeat_age=16)

    async def while_another_looks(recovery: Recovery) -> None:
        _, connector = recovery._parts()
        async with connector.pool.connection() as other:
            await other.execute("SELECT pg_advisory_xact_lock(%s)", [0x52657370])
            await recovery.take_up_stalled()

    recover(while_another_looks)
    assert status(job_id) == "doing"


def test_a_job_whose_end_was_never_written_down_is_taken_up_at_the_second_look() -> None:
    job_id, worker_id = left_behind(heartbeat_age=0)
    recovery = Recovery()
    recovery.worker_id = worker_id
    recover(Recovery.take_up_forgotten, recovery=recovery)
    assert status(job_id) == "doing"
    recover(Recovery.take_up_forgotten, recovery=recovery)
    assert status(job_id) == "todo"


def test_a_job_that_runs_here_is_not_forgotten() -> None:
    job_id, worker_id = left_behind(heartbeat_age=0)

    async def look_twice_while_it_runs(recovery: Recovery) -> None:
        async def look_twice() -> None:
            await recovery.take_up_forgotten()
            await recovery.take_up_forgotten()

        await recovery.note(look_twice, context(running(job_id)), worker(worker_id))

    recover(look_twice_while_it_runs)
    assert status(job_id) == "doing"


def test_a_job_at_hand_is_given_back() -> None:
    job_id, worker_id = left_behind(heartbeat_age=0)

    async def give_back_while_it_runs(recovery: Recovery) -> None:
        await recovery.note(recovery.give_back, context(running(job_id)), worker(worker_id))

    recover(give_back_while_it_runs)
    assert status(job_id) == "todo"


def running(job_id: int) -> Job:
    return Job(id=job_id, queue="default", lock=None, queueing_lock=None, task_name="unknown.task")


def context(job: Job) -> Any:
    return cast(Any, SimpleNamespace(job=job))


def worker(worker_id: int) -> Any:
    return cast(Any, SimpleNamespace(worker_id=worker_id))
