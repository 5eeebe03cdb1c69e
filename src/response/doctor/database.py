"""The database, its tables, and the room on the disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from response.doctor import problems
from response.doctor.findings import Finding, well
from response.setup.database import OLDEST, first_line

REACHED_BY = {"host", "port", "dbname", "user", "password", "connect_timeout"}
FULL, LOW = 200, 1000  # megabytes


def database() -> Iterator[Finding]:
    """Find out whether PostgreSQL answers, and is new enough. The pool only says that it waited: it is left aside."""
    parameters = {name: value for name, value in connection.get_connection_params().items() if name in REACHED_BY}
    try:
        with psycopg.connect(**parameters) as asked:
            number = asked.info.server_version
    except psycopg.Error as error:
        yield problems.NO_DATABASE(reason=first_line(error))
        return
    yield from version(number)


def version(number: int) -> Iterator[Finding]:
    """Judge the server's version: 160004 is 16.4."""
    major, minor = divmod(number, 10000)
    if major < OLDEST:
        yield problems.OLD_DATABASE(version=major, oldest=OLDEST)
    else:
        yield well("database", f"PostgreSQL {major}.{minor} answers")


def migrations() -> Iterator[Finding]:
    """Find migrations that are still to be applied."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if plan:
        yield problems.NOT_MIGRATED(count=len(plan), first=f"{plan[0].app_label}.{plan[0].name}")
    else:
        yield well("migrations", "all are applied")


def disk() -> Iterator[Finding]:
    """Find out how much room there is where our own data lies."""
    folder = next(
        path for path in (settings.CONFIG.response_data_dir.absolute(), Path.cwd(), Path("/")) if path.exists()
    )
    yield room(shutil.disk_usage(folder).free // 1_000_000, folder)


def room(free: int, folder: Path) -> Finding:
    """Judge how many megabytes are free."""
    if free < FULL:
        return problems.DISK_FULL(free=free, folder=folder)
    if free < LOW:
        return problems.DISK_LOW(free=free, folder=folder)
    return well("disk", f"{free / 1000:.1f} GB are free")
