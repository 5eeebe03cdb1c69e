"""The pool of connections to PostgreSQL."""

from typing import cast

from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper


def forget_dead() -> None:
    """Replace the connections that died with their PostgreSQL, so that one request fails by them and not each."""
    connection.close()
    pool = cast("DatabaseWrapper", connection).pool
    if pool:
        pool.check()
