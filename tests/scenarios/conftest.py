"""The testing kit's fixtures, in the place of those for tests without a workspace."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from response.plugins.testing import Company, channel, incident, lee, rae, reactions

__all__ = ["Company", "channel", "incident", "lee", "rae", "reactions"]


@pytest.fixture
def no_database(company: Company) -> Any:
    """Take the database away from everybody, and give it back at the end."""
    parameters = connection.get_connection_params()
    name = parameters["dbname"]
    wanted = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **wanted) as outside:

        def switch(*, on: bool) -> None:
            outside.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS {"true" if on else "false"}')
            if not on:
                outside.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

        yield switch
        switch(on=True)
        connection.close()
