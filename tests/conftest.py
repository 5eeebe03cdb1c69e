"""What every test may use: the testing kit that plugin authors get, and people for tests without a workspace."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from response.accounts.linking import account_of
from response.core import clock
from response.core.models import Incident, Person
from tests.sandbox.wire import WIRE

pytest_plugins = ["response.plugins.testing"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three processes for two cores: half of their time, tests wait for a second of Slack or for another process."""
    cores = os.cpu_count() or 1
    return cores + cores // 2


@pytest.fixture(scope="session", autouse=True)
def always_postgres(postgres: None) -> None:
    """Have a PostgreSQL for the whole run: tests start and stop others beside it."""


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
def pages(lee: Person) -> Client:
    """A browser in which Lee is signed in to the pages."""
    return signed_in(lee)


@pytest.fixture
def operator(rae: Person) -> Client:
    """A browser in which Rae is signed in, who runs Response."""
    return signed_in(rae, is_operator=True)


def signed_in(person: Person, *, is_operator: bool = False) -> Client:
    """Return a browser in which somebody is signed in."""
    account = account_of(person)
    if is_operator:
        account.is_staff = account.is_superuser = True
        account.save()
    browser = Client(raise_request_exception=False)
    browser.force_login(account)
    return browser


@pytest.fixture
def incident(rae: Person) -> Incident:
    """An open incident that Rae reported."""
    return Incident.objects.create_incident("Payments are failing", rae)


# -- how much was held against Slack's shapes: counted where the tests run, and said by whoever reports


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Pass on what this process has counted, when it is one of several."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["wire"] = WIRE.counted()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what one of several has counted."""
    if counted := getattr(node, "workeroutput", {}).get("wire"):
        WIRE.add(counted)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much it was."""
    if WIRE.answers:
        terminalreporter.write_line(WIRE.summary())
