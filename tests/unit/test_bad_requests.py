"""Whatever comes in: a clear answer, never a 500, and nothing stored that Slack did not sign."""

import json
import logging
import time

import pytest
from django.test import Client

from response.slack.models import InboundRequest
from tests import signed

pytestmark = pytest.mark.django_db

MESSAGE = {"type": "message", "channel": "C1", "user": "U1", "text": "hello", "ts": "1.000001"}
FORM = "application/x-www-form-urlencoded"


def post(path: str, body: bytes, content_type: str = "application/json", **headers: str) -> tuple[int, str]:
    client = Client(raise_request_exception=False)
    answer = client.post(path, body, content_type=content_type, headers={**signed.headers(body), **headers})
    return answer.status_code, answer.content.decode()


def test_a_signed_event_is_stored_with_its_job_before_it_is_acknowledged() -> None:
    assert post("/slack/event", signed.event(MESSAGE)) == (200, "")
    assert InboundRequest.objects.get().payload["event"]["text"] == "hello"


def test_a_redelivered_event_is_stored_once() -> None:
    for number in range(3):
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"}
        assert post("/slack/event", signed.event(MESSAGE), **retry)[0] == 200
    assert InboundRequest.objects.count() == 1


def test_the_handshake_is_answered() -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc123"}).encode()
    assert post("/slack/event", body) == (200, "abc123")


@pytest.mark.parametrize("path", ["/slack/event", "/slack/slash_command", "/slack/action"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=ü"},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": str(int(time.time()) - 301)},
    ],
)
def test_what_is_not_signed_is_refused_with_one_line_in_the_log(
    path: str, wrong: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "response"):
        status, _ = post(path, signed.event(MESSAGE | {"text": "a secret"}), **wrong)
    assert status == 401
    assert not InboundRequest.objects.exists()
    ours = [record.name for record in caplog.records if record.name.startswith("response")]
    assert ours == ["response.slack.ingress"]
    assert "a secret" not in caplog.text


@pytest.mark.parametrize("path", ["/slack/event", "/slack/slash_command", "/slack/action"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b"\xff\xfe\x00",
        b"payload=",
        b"payload={",
        b"payload=[]",
        b"payload={}",
        b"payload=%7B%22type%22%3A%22block_actions%22%7D",
        b"payload=%FF",
        b"command=/incident",
        b"a=b&" * 200,
        b"[" * 100_000,
        b'{"type":"event_callback"}',
        b'{"type":"event_callback","event":[]}',
        b'{"type":"event_callback","event":{"type":7}}',
        b'{"type":"event_callback","event":{"type":"message","channel":{"id":[]}}}',
        b'{"type":"something_new"}',
        b'{"type":["list"]}',
        b'{"type":"event_callback","event_id":"\\u0000","event":{"type":"message","text":"\\u0000"}}',
        b'{"type":"event_callback","event_id":"e","event":{"type":"message","text":"\\ud800"}}',
        b'{"type":"event_callback","event_id":{"a":1},"event":{"type":"' + b"x" * 5000 + b'"}}',
        b'{"type":"event_callback","authorizations":[1,null],"event":{"type":"message","user":{"id":"U1"}}}',
        b'{"type":"event_callback","event":{"type":"message"},"n":1e999}',
    ],
)
def test_a_signed_body_that_makes_no_sense_is_a_4xx_or_a_polite_200(path: str, body: bytes) -> None:
    for content_type in ("application/json", FORM, "text/plain", "multipart/form-data; boundary=x", ""):
        status, text = post(path, body, content_type)
        assert status in {200, 400, 401}, (status, text)
        assert "Traceback" not in text


def test_a_body_over_a_megabyte_is_refused() -> None:
    assert post("/slack/event", b"x" * (1024 * 1024 + 1))[0] == 413


@pytest.mark.parametrize("path", ["/slack/event", "/slack/slash_command", "/slack/action"])
def test_a_get_is_refused(path: str) -> None:
    assert Client().get(path).status_code == 405


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "user": {"id": "U1"}},
        {"type": "block_actions", "user": {"id": "U1"}, "actions": [{}]},
        {"type": "block_actions", "user": {"id": "U1"}, "actions": ["x", None, {"action_id": 4}]},
        {"type": "view_submission", "user": {"id": "U1"}},
        {"type": "view_submission", "user": {"id": "U1"}, "view": {"callback_id": "incident-report-dialog"}},
        {
            "type": "view_submission",
            "user": {"id": "U1"},
            "view": {"callback_id": "incident-edit-dialog", "private_metadata": "{", "state": {"values": []}},
        },
        {"type": "view_closed", "user": {"id": "U1"}},
        {"type": "block_suggestion", "user": {"id": "U1"}},
        {"type": "shortcut", "user": {"id": "U1"}, "callback_id": "nobody's"},
        {"type": "message_action", "user": {"id": "U1"}},
        {"type": "interactive_message", "user": {"id": "U1"}},
    ],
)
def test_an_interaction_with_missing_fields_is_answered(payload: dict[str, object]) -> None:
    assert post("/slack/action", signed.interaction(payload), FORM)[0] in {200, 400}


@pytest.mark.parametrize("number", ["0", "999999", "9" * 18, "9" * 19, "9" * 400, "-1", "x", "1%00"])
def test_a_document_of_no_incident_is_a_404(pages: Client, number: str) -> None:
    answer = pages.get(f"/incident/{number}/")
    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()
