"""Errors reach Sentry with where they happened, and without anything that anybody said."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.listening import listening

SAID = "TOPSECRET"
ERRORS = """
import logging, os
import django
django.setup()
from response.core import about

said = os.environ["SAID"]
with about.doing(request="r1"):
    about.note(incident=12)
    try:
        raise ValueError(f"cannot read {said}")
    except ValueError:
        logging.getLogger("response.slack.delivery").exception("delivery_failed delivery=%d kind=%s", 7, "post")
    logging.getLogger("django.request").error("Internal Server Error: %s", said, extra={"request": said})
logging.getLogger("response.slack.delivery").warning("delivery_refused delivery=%d", 8)
"""


def run(script: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run something in a process of its own: Sentry's client is one of the whole process."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", script],
        env=inherited
        | {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "response.project.settings"}
        | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def sent() -> tuple[str, list[dict[str, Any]]]:
    """All that Sentry got, and the events in it."""
    with listening() as sentry:
        dsn = sentry.url.replace("http://", "http://public@") + "/1"
        done = run(ERRORS, SENTRY_DSN=dsn, SAID=SAID, SITE_URL="https://response.example.org")
        assert done.returncode == 0, done.stderr
        lines = [json.loads(line) for body in sentry.bodies for line in body.splitlines()]
    return "\n".join(sentry.bodies), [line for line in lines if "logger" in line]


def test_nothing_that_was_said_is_sent(sent: tuple[str, list[dict[str, Any]]]) -> None:
    assert SAID not in sent[0]


def test_an_error_comes_with_where_it_happened_and_what_was_being_done(sent: tuple[str, list[dict[str, Any]]]) -> None:
    failed, served = sent[1]
    [error] = failed["exception"]["values"]
    assert (error["type"], error["value"]) == ("ValueError", "(in the log)")
    assert error["stacktrace"]["frames"][-1]["lineno"] > 0
    assert failed["logentry"]["message"] == "delivery_failed delivery=%d kind=%s"
    assert failed["tags"] == {"request": "r1", "incident": "12"}
    assert failed["environment"] == "response.example.org"
    assert failed["release"].startswith("response@")
    assert served["logentry"] == {"message": "Internal Server Error: %s"}


def test_only_errors_are_sent(sent: tuple[str, list[dict[str, Any]]]) -> None:
    assert len(sent[1]) == 2
    assert "session" not in sent[0]


def test_without_sentry_sdk_it_is_one_sentence() -> None:
    script = "import sys; sys.modules['sentry_sdk'] = None; from response.cli import main; sys.exit(main(['check']))"
    done = run(script, SENTRY_DSN="https://public@sentry.example.org/1")
    assert done.returncode == 1
    assert "response: SENTRY_DSN is set, and sentry-sdk is not installed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("dsn", ["sentry", "https://sentry.example.org/1"])
def test_an_address_that_is_none_is_one_sentence(dsn: str) -> None:
    done = run("import sys; from response.cli import main; sys.exit(main(['check']))", SENTRY_DSN=dsn)
    assert done.returncode == 1
    assert "SENTRY_DSN" in done.stderr
    assert "Traceback" not in done.stderr
