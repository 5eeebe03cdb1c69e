"""The original's database, PostgreSQL or SQLite: only read, and seen as it is at one moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from response.transfer.rows import Unreadable

Row = dict[str, Any]


class Source(Protocol):
    """A database that can be read."""

    def columns(self) -> dict[str, set[str]]:
        """Return the columns of each table."""

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table by their ids."""


@contextmanager
def opened(url: str) -> Iterator[Source]:
    """Open `postgresql://…` or `sqlite:///path`. Raises Unreadable when it cannot be read."""
    try:
        if url.startswith("sqlite:///"):
            with sqlite(url.removeprefix("sqlite:///")) as source:
                yield source
        elif url.startswith(("postgresql://", "postgres://")):
            with postgres(url) as source:
                yield source
        else:
            raise Unreadable("Say where the database is: postgresql://user:password@host/name or sqlite:///path.")
    except (psycopg.Error, sqlite3.Error) as error:
        reason = (str(error).strip().splitlines() or ["it does not say why"])[0]
        raise Unreadable(f"The original's database cannot be read: {reason}.") from error


@contextmanager
def postgres(url: str) -> Iterator["Postgres"]:
    with psycopg.connect(url, connect_timeout=5, row_factory=dict_row) as connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield Postgres(connection)


class Postgres:
    """The original on PostgreSQL."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self.connection = connection

    def columns(self) -> dict[str, set[str]]:
        """Return the columns of each table that the search path finds."""
        found = self.connection.execute(
            "SELECT table_name, array_agg(column_name::text) AS columns FROM information_schema.columns "
            "WHERE table_schema = ANY (current_schemas(false)) GROUP BY table_name"
        )
        return {row["table_name"]: set(row["columns"]) for row in found}

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        return self.connection.execute(sql.SQL("SELECT * FROM {} ORDER BY id").format(sql.Identifier(table))).fetchall()


@contextmanager
def sqlite(path: str) -> Iterator["Sqlite"]:
    if not Path(path).is_file():
        raise Unreadable(f"There is no file {path}.")
    connection = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        yield Sqlite(connection)
    finally:
        connection.close()


class Sqlite:
    """The original on SQLite, as it ran without POSTGRES in its environment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def columns(self) -> dict[str, set[str]]:
        """Return the columns of each table."""
        tables = [row[0] for row in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: {
                cast("str", row["name"])
                for row in self.connection.execute("SELECT name FROM pragma_table_info(?)", [table])
            }
            for table in tables
        }

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        name = table.replace('"', '""')
        return [dict(row) for row in self.connection.execute(f'SELECT * FROM "{name}" ORDER BY id')]  # noqa: S608
