"""What the running service logs, as people and as programs read it: of what it is, and never what anybody said."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from response.core.models import Incident
from response.operations.logs import Json, Lines
from response.plugins.testing import LoadPlugin
from response.slack import outbox
from slack_sandbox.testing import Room
from tests import signed
from tests.scenarios.conftest import Company

PLUGIN = """
from response.plugins import incident_command

@incident_command(["burst"])
def burst(incident, message):
    raise ValueError("something broke")
"""


class Log:
    """All that is logged, in both forms."""

    def __init__(self) -> None:
        self.forms = {formatter: io.StringIO() for formatter in (Lines(), Json())}
        self.handlers = [logging.StreamHandler(form) for form in self.forms.values()]
        for handler, formatter in zip(self.handlers, self.forms, strict=True):
            handler.setFormatter(formatter)

    @property
    def texts(self) -> list[str]:
        return [form.getvalue() for form in self.forms.values()]

    def lines(self, action: str) -> list[dict[str, Any]]:
        """The objects with this action."""
        objects = [json.loads(line) for line in self.texts[1].splitlines()]
        return [each for each in objects if each.get("action") == action]


@pytest.fixture
def log() -> Iterator[Log]:
    written = Log()
    root, ours = logging.getLogger(), logging.getLogger("response")
    level = ours.level
    ours.setLevel(logging.DEBUG)
    for handler in written.handlers:
        root.addHandler(handler)
    yield written
    for handler in written.handlers:
        root.removeHandler(handler)
    ours.setLevel(level)


def test_no_secret_and_no_message_text_reaches_the_log(company: Company, channel: Room, log: Log) -> None:
    company.sandbox.fault("error", "chat.postMessage", status=500, times=1)
    company.asks(company.bo, channel, "summary TOPSECRET-IN-CHAT")
    company.asks(company.bo, channel, "TOPSECRET-COMMAND")
    company.bo.pins(company.bo.says(channel, "TOPSECRET-PINNED"))
    company.bo.archives(channel)
    outbox.post(Incident.objects.get(), "TOPSECRET-POST")
    httpx.post(f"{company.url}/slack/event", content=b'{"text": "TOPSECRET-FORGED"}')
    company.settled()
    for text in log.texts:
        assert "delivery_refused" in text
        assert "TOPSECRET" not in text
        assert not re.search(r"xox[bap]-", text)
        assert "signing secret of the tests" not in text


def test_what_a_job_says_names_its_incident_and_itself(company: Company, channel: Room, log: Log) -> None:
    company.sandbox.fault("error", "chat.postMessage", status=500, times=1)
    incident = Incident.objects.get()
    outbox.post(incident, "Is anybody there?")
    company.settled()
    [retried] = log.lines("delivery_retried")
    assert (retried["incident"], retried["task"], retried["attempt"]) == (incident.pk, "deliver", 1)
    calls = [each for each in log.lines("slack_call") if each["method"] == "chat.postMessage"]
    assert {each["incident"] for each in calls} == {incident.pk}
    assert retried["job"] in {each["job"] for each in calls}


def test_what_fails_in_a_handler_names_the_incident_and_its_reference(
    company: Company, channel: Room, log: Log, plugin: LoadPlugin
) -> None:
    plugin(PLUGIN)
    company.asks(company.bo, channel, "burst")
    company.settled()
    [failed] = log.lines("handler_failed")
    assert failed["incident"] == Incident.objects.get().pk
    assert re.fullmatch(r"[0-9a-f]{8}", failed["reference"])
    assert 'raise ValueError("something broke")' in failed["trace"]


def test_what_a_request_says_has_its_id(company: Company, log: Log) -> None:
    body = signed.event({"type": "message", "channel": "C1", "text": "hi", "ts": "1.1"}, "EvLog")
    for path in ("/slack/event", "/slack/slash_command"):
        httpx.post(company.url + path, content=body, headers={"X-Request-ID": f"id-of{path}"})
    refused = {each["path"]: each["request"] for each in log.lines("request_refused")}
    assert refused == {path: f"id-of{path}" for path in ("/slack/event", "/slack/slash_command")}
