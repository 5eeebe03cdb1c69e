"""What every test may use. Real parts: PostgreSQL, HTTP in both directions, a worker. One double: the sandbox."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from response.core import clock
from response.core.models import Incident, Person
from response.project import embedded
from slack_sandbox.testing import Sandbox, running_sandbox, wait_for
from tests import services
from tests.company import Company, is_idle, start
from tests.settings import DATA


@pytest.fixture(scope="session", autouse=True)
def postgres() -> Iterator[None]:
    """A PostgreSQL for the run; the embedded one unless TEST_DATABASE_URL names another."""
    if "TEST_DATABASE_URL" in os.environ:
        yield
        return
    with embedded.running(DATA, durable=False):
        yield


@pytest.fixture(scope="session")
def django_db_setup(postgres: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the tests' database, whatever the tests are marked with, and drop it when nobody needs it."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()
        send_others_away(made)
        teardown_databases(made, verbosity=0)


def send_others_away(made: list[tuple[Any, str, bool]]) -> None:
    """End what a stopped handler or a worker may have left connected: the database is about to go."""
    for wrapper, _, _ in made:
        with wrapper._nodb_cursor() as cursor:
            name = wrapper.settings_dict["NAME"]
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    """Leave no moved clock behind."""
    yield
    clock.reset()


@pytest.fixture
def rae(db: None) -> Person:
    """Rae reports."""
    return Person.objects.create(external_id="URAE", display_name="rae", full_name="Rae Reporter")


@pytest.fixture
def lee(db: None) -> Person:
    """Lee leads."""
    return Person.objects.create(external_id="ULEE", display_name="lee", full_name="Lee Leader")


@pytest.fixture
def incident(rae: Person) -> Incident:
    """An open incident that Rae reported."""
    return Incident.objects.create_incident("Payments are failing", rae)


@pytest.fixture(scope="session")
def running(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Sandbox, str]]:
    """The sandbox, the web process and a worker, started once for the run."""
    with (
        django_db_blocker.unblock(),
        running_sandbox() as sandbox,
        services.web() as url,
        override_settings(SLACK_API_URL=sandbox.api_url, SITE_URL=url),
        services.worker(),
    ):
        yield sandbox, url


@pytest.fixture
def company(running: tuple[Sandbox, str]) -> Iterator[Company]:
    """The company on a fresh day: nobody has reported anything."""
    sandbox, url = running
    wait_for(is_idle, timeout=20)
    empty_database()
    sandbox.clear_faults()
    sandbox.reset()
    yield start(sandbox, url)
    sandbox.clear_faults()


def empty_database() -> None:
    """Take away every row of ours and every job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public' "
            "AND (tablename LIKE 'response\\_%' OR tablename IN "
            "('procrastinate_jobs', 'procrastinate_events', 'procrastinate_periodic_defers'))"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} RESTART IDENTITY CASCADE")
