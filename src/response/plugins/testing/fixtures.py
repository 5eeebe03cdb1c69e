"""The fixtures of the testing kit: a real PostgreSQL, HTTP in both directions, a worker, and Slack's double."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from psycopg.errors import DeadlockDetected
from pytest_django.plugin import DjangoDbBlocker

from response.apps import is_plugin
from response.core import clock as the_clock
from response.core.models import Incident
from response.plugins.testing import loading, services
from response.plugins.testing.company import Clock, Company, is_idle, start
from response.project import embedded
from slack_sandbox.testing import Actor, Room, Sandbox, running_sandbox, wait_for


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """A PostgreSQL for the run; the embedded one unless TEST_DATABASE_URL names another."""
    if "TEST_DATABASE_URL" in os.environ:
        yield
        return
    with embedded.running(Path(os.environ["RESPONSE_DATA_DIR"]), durable=False):
        yield


@pytest.fixture(scope="session")
def django_db_setup(postgres: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the tests' database, whatever the tests are marked with, and drop it when nobody needs it."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's
        send_others_away(made)
        teardown_databases(made, verbosity=0)


def send_others_away(made: list[tuple[Any, str, bool]]) -> None:
    """End what a stopped handler or a worker may have left connected: the database is about to go."""
    for wrapper, _, _ in made:
        with wrapper._nodb_cursor() as cursor:
            name = wrapper.settings_dict["NAME"]
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


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
    sandbox.clear_faults()
    sandbox.settings(limits="off")  # what the last test has left is done sooner
    sandbox.settle(timeout=20)
    wait_for(is_idle, timeout=20)
    wait_for(is_emptied, timeout=20)
    sandbox.reset()
    yield start(sandbox, url)
    sandbox.clear_faults()
    the_clock.reset()


def is_emptied() -> bool:
    """Take away every row of ours and of plugins, and every job. False when a periodic job was in the way."""
    try:
        empty_database()
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        return False
    return True


def empty_database() -> None:
    """Truncate the tables of ours and of plugins, those of accounts and sessions, and those of the jobs."""
    ours = [app for app in apps.get_app_configs() if app.label == "response" or is_plugin(app)]
    tables = {model._meta.db_table for app in ours for model in app.get_models(include_auto_created=True)}
    tables |= {"auth_user", "django_session", "response_cache"}
    jobs = ["procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"]
    names = ", ".join(connection.ops.quote_name(table) for table in [*sorted(tables), *jobs])
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


@pytest.fixture
def rae(company: Company) -> Actor:
    """Rae reports."""
    return company.rae


@pytest.fixture
def lee(company: Company) -> Actor:
    """Lee leads."""
    return company.lee


@pytest.fixture
def bo(company: Company) -> Actor:
    """Bo watches."""
    return company.bo


@pytest.fixture
def oz(company: Company) -> Actor:
    """Oz is outside, a guest of the workspace, and must learn nothing."""
    return company.oz


@pytest.fixture
def incident(company: Company) -> Incident:
    """An incident that Rae has reported: "Payments are failing"."""
    return company.declare()


@pytest.fixture
def channel(company: Company, incident: Incident) -> Room:
    """The incident's channel, complete. Rae and Bo are in it."""
    return company.open_channel(incident)


@pytest.fixture
def clock(company: Company) -> Clock:
    """The clock: `clock.passes(minutes=30)` lets time pass, and waits for the reminders."""
    return Clock(company)


@pytest.fixture
def plugin(tmp_path: Path) -> Iterator[loading.LoadPlugin]:
    """Load a plugin for this test: `plugin(Path("plugins/runbook.py"))`, or its source as text."""
    folder = tmp_path / "plugins"
    folder.mkdir()

    def load(what: Path | str) -> ModuleType:
        return loading.load(what if isinstance(what, Path) else loading.write(what, folder))

    with loading.only_within():
        yield load
