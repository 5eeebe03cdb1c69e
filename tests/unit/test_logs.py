"""How the log is written: for people, and for programs; and what never gets into it."""

import json
import logging
import sys
from typing import Any

import psycopg
import pytest
from django.db import DataError, IntegrityError, connection

from response.core import about
from response.core.models import Incident, Person
from response.operations.logs import Json, Lines

OURS = "response.slack.delivery"
SAID = "TOPSECRET\nand more TOPSECRET"


def record(message: str, *values: object, name: str = OURS, error: bool = False) -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, "x.py", 1, message, values, sys.exc_info() if error else None)


def as_json(*given: Any, **more: Any) -> dict[str, Any]:
    line = Json().format(record(*given, **more))
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    assert found.pop("time").endswith("+00:00")
    assert (found.pop("level"), found.pop("logger")) == ("WARNING", more.get("name", OURS))
    return found


def test_an_action_and_its_fields_become_an_object() -> None:
    found = as_json("delivery_refused delivery=%d kind=%s error=%s", 7, "post", 'chat.postMessage: "is_archived" (x)')
    assert found == {
        "action": "delivery_refused",
        "delivery": 7,
        "kind": "post",
        "error": 'chat.postMessage: "is_archived" (x)',
    }


def test_fields_that_are_written_out_already_are_found_too() -> None:
    found = as_json("handler_failed handler=%s%s reference=%s%s", "a.b", " handling=7", "1a2b", " reason='too long'")
    assert found == {
        "action": "handler_failed",
        "handler": "a.b",
        "handling": "7",
        "reference": "1a2b",
        "reason": "too long",
    }


@pytest.mark.parametrize(
    ("message", "values"),
    [("worker_started concurrency=%d", (8,)), ("reason=%r status=%03d ratio=%.1f%%", ("x", 7, 0.5)), ("stopped", ())],
)
def test_what_programs_read_is_what_people_read(message: str, values: tuple[object, ...]) -> None:
    fields = as_json(message, *values)
    assert fields.get("action") or fields["message"] == message % values
    assert Lines().format(record(message, *values)).endswith(message % values)


def test_others_messages_stay_as_they_are() -> None:
    assert as_json("Not Found: %s", "/x", name="django.request") == {"message": "Not Found: /x"}
    assert as_json("done", name="asyncio") == {"message": "done"}


def test_a_message_with_too_few_values_does_not_break_the_log() -> None:
    assert Lines().format(record("delivery=%s", {"a": 1})).endswith("delivery={'a': 1}")


def test_what_is_being_done_is_in_every_line() -> None:
    with about.doing(request="r1"):
        about.note(incident=12)
        about.note(incident=None)
        assert as_json("delivery_sent delivery=%d", 7) == {
            "action": "delivery_sent",
            "request": "r1",
            "incident": 12,
            "delivery": 7,
        }
        assert Lines().format(record("delivery_sent delivery=%d", 7)).endswith("delivery=7 request=r1 incident=12")
        assert Lines().format(record("closed incident=%d", 12)).endswith("closed incident=12 request=r1")
    about.note(incident=13)
    assert as_json("delivery_sent delivery=%d", 7) == {"action": "delivery_sent", "delivery": 7}


def test_what_is_done_within_does_not_leak_out() -> None:
    with about.doing(job=1):
        with about.doing(task="deliver"):
            about.note(incident=12)
        assert dict(about.facts()) == {"job": 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("formatter", [Lines(), Json()])
def test_what_postgresql_quotes_of_a_row_is_left_out(rae: Person, formatter: logging.Formatter) -> None:
    try:
        try:
            Incident.objects.create_incident(SAID, rae, severity="much too long a severity")
        except DataError:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO response_incident (report, report_time) VALUES (%s, now())", [SAID])
    except IntegrityError:
        line = formatter.format(record("request_failed path=%s", "/", error=True))
    assert "null value in column" in line
    assert "TOPSECRET" not in line
    assert "test_logs.py" in line


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = psycopg.Error(f"first\nDETAIL: {SAID}"), psycopg.Error("second")
    first.__cause__, second.__cause__ = second, first
    try:
        raise first
    except psycopg.Error:
        assert "TOPSECRET" not in Json().format(record("failed", error=True))
