"""Django's PostgreSQL backend with our pool (`ENGINE` in the settings)."""

import select
from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool


def look_alive(connection: Connection[Any]) -> None:
    """Raise OperationalError for a connection whose PostgreSQL has ended it.

    A server that goes says so on the socket, so an idle connection with something to read is a dead one. Django's own
    check (`CONN_HEALTH_CHECKS`) asks the server each time, which costs every request a round trip.
    """
    readable, _, _ = select.select([connection.fileno()], [], [], 0)
    if readable:
        raise OperationalError("the connection was ended by the server")


class DatabaseWrapper(PostgreSQL):
    """Django's, with connections that are looked at when they leave the pool."""

    _connection_pools: dict[str, "ConnectionPool[Any]"]
    _configure_connection: Callable[[Connection[Any]], None]

    @property
    def pool(self) -> "ConnectionPool[Any]":
        """Return the process's pool for this database, made when it is first needed."""
        present = self._connection_pools.get(self.alias)
        if present is None:
            made: ConnectionPool[Any] = ConnectionPool(
                kwargs={**self.get_connection_params(), "autocommit": True},
                open=False,
                configure=self._configure_connection,
                check=look_alive,
                **self.settings_dict["OPTIONS"]["pool"],
            )
            return self._connection_pools.setdefault(self.alias, made)
        return present

    def close_pool(self) -> None:
        """Let go of the pool; the next use makes a new one. Connections that are in use end with their use."""
        pool = self._connection_pools.pop(self.alias, None)
        if pool is not None:
            pool.close(timeout=0)
