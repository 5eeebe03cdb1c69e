"""The sign of life for a watchdog: given while all is well, withheld when it is not, and never any harm."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from pytest_django import Settings

from response.core import clock
from response.core.models import Incident
from response.operations import heartbeat
from response.reminders.models import Reminder
from response.slack import reminding
from tests.listening import Listener, listening

pytestmark = pytest.mark.django_db


@pytest.fixture
def watchdog(settings: Settings) -> Iterator[Listener]:
    with listening() as listener:
        settings.HEARTBEAT_URL = f"{listener.url}/ping/1a2b"
        yield listener


def test_while_all_is_well_it_is_given(watchdog: Listener) -> None:
    heartbeat.beat()
    assert watchdog.asked == ["GET /ping/1a2b"]


def test_without_an_address_nobody_is_asked(settings: Settings) -> None:
    settings.HEARTBEAT_URL = ""
    heartbeat.beat()  # no test may reach further than this machine


def test_it_is_withheld_while_jobs_wait(watchdog: Listener, caplog: pytest.LogCaptureFixture) -> None:
    number = app.configure_task("deliver").defer(delivery_id=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '90 s' WHERE job_id = %s", [number])
    heartbeat.beat()
    assert watchdog.asked == []
    assert "heartbeat_withheld queue_seconds=90" in caplog.text


def test_it_is_withheld_while_reminders_are_late(watchdog: Listener, incident: Incident) -> None:
    Reminder.objects.create(incident=incident, key=reminding.plans()[0].key, due_at=clock.now() - timedelta(minutes=4))
    heartbeat.beat()
    assert len(watchdog.asked) == 1
    clock.move(timedelta(minutes=2))
    heartbeat.beat()
    assert len(watchdog.asked) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/secret", "http://[/secret", "https://a.invalid/secret"])
def test_a_watchdog_that_is_away_does_no_harm(
    settings: Settings, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    settings.HEARTBEAT_URL = address
    heartbeat.beat()
    assert "heartbeat_failed reason=" in caplog.text
    assert "secret" not in caplog.text


def test_a_watchdog_that_refuses_does_no_harm(watchdog: Listener, caplog: pytest.LogCaptureFixture) -> None:
    watchdog.status = 500
    heartbeat.beat()
    assert "heartbeat_failed reason=HTTPStatusError" in caplog.text
    assert "1a2b" not in caplog.text
