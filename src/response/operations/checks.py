"""Whether it works: the database, its tables, a worker, the queue. Each check is a fact and a sentence about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from response.operations import database, queue

AWAY = (OperationalError, InterfaceError, PoolTimeout)


@dataclass(frozen=True)
class Check:
    """One thing that has to be so. `text` says how it is, and when it is not so what to do."""

    name: str
    is_well: bool
    text: str


def check_database() -> Check:
    """Whether the database answers."""
    try:
        database.answers()
    except AWAY as error:
        let_go()
        reason = type(error).__name__
        return Check("database", False, f"It does not answer ({reason}). Look whether PostgreSQL runs at DATABASE_URL.")
    return Check("database", True, "It answers.")


def let_go() -> None:
    """Have the next question make a new pool: one that has failed waits longer before each new try, up to minutes."""
    if close_pool := getattr(connection, "close_pool", None):
        close_pool()


def check_migrations() -> Check:
    """Whether the tables are those of this version."""
    if missing := database.missing_migrations():
        return Check("migrations", False, f"Missing: {', '.join(missing)}. Run `response migrate`.")
    return Check("migrations", True, "All are applied.")


def check_workers() -> Check:
    """Whether somebody runs the jobs."""
    alive = sum(worker.is_alive for worker in queue.workers())
    if not alive:
        return Check("workers", False, "None gives a sign of life, so nothing is sent. Start `response worker`.")
    return Check("workers", True, f"{alive} at work.")


def check_queue() -> Check:
    """Whether jobs are begun in time."""
    waited = queue.longest_wait()
    if waited > settings.QUEUE_LATE_SECONDS:
        todo = "Start more workers, or look at what those that run are busy with."
        return Check("queue", False, f"A job has waited {waited:.0f} s for a worker. {todo}")
    return Check("queue", True, "Jobs are begun in time.")


OF_THE_QUEUE: tuple[Callable[[], Check], ...] = (check_workers, check_queue)


def look(*, with_queue: bool = True) -> Iterator[Check]:
    """Yield the checks, each when it is made. Without a database there is nothing more to look at."""
    first = check_database()
    yield first
    if not first.is_well:
        return
    try:
        for check in (check_migrations, *(OF_THE_QUEUE if with_queue else ())):
            yield check()
    except AWAY as error:
        yield Check("database", False, f"It went away meanwhile ({type(error).__name__}).")
