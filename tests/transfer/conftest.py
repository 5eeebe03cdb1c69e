"""What stands in a database, and a database with nothing in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models

from response.plugins.testing.fixtures import empty_database
from response.transfer.rows import written
from response.transfer.tables import kept, label, rows

Content = dict[str, list[dict[str, Any]]]


def content() -> Content:
    """Return every row of the record, by table."""
    return {label(model): [written(row) for row in rows(model)] for model in kept() if rows(model).exists()}


def take_away() -> None:
    """Have nothing in the database, as in a new one."""
    connection.check_constraints()  # what waits for the end of the transaction would keep the tables
    empty_database()
    for model in kept():
        if not label(model).startswith("response."):
            models.QuerySet(model).all().delete()


@pytest.fixture
def empty(db: None) -> Callable[[], None]:
    """Have nothing in the database; and again whenever it is called."""
    take_away()
    return take_away
