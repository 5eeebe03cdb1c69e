"""Only what Slack signed is read."""

import time

import pytest
from slack_sdk.signature import SignatureVerifier

from response.slack.signing import Unverified, verify

SECRET = "the current secret"


def headers(body: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    timestamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}


def test_a_signed_body_is_read() -> None:
    assert verify(headers(b"hello"), b"hello", [SECRET]) == "hello"


def test_both_secrets_count_during_a_rotation() -> None:
    assert verify(headers(b"x", secret="old"), b"x", [SECRET, "old"]) == "x"


@pytest.mark.parametrize("seconds", [-600, -301, 302, 600])
def test_a_stale_or_future_request_is_refused_with_what_may_be_wrong(seconds: int) -> None:
    with pytest.raises(Unverified, match=r"s before or after this machine's time; let NTP set the clock"):
        verify(headers(b"x", at=time.time() + seconds), b"x", [SECRET])


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "١٢٣"},
        {"X-Slack-Request-Timestamp": "9" * 40},
        {"X-Slack-Request-Timestamp": "-1"},
    ],
)
def test_a_malformed_signature_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Unverified):
        verify(headers(b"x") | change, b"x", [SECRET])


def test_another_secret_is_named() -> None:
    with pytest.raises(Unverified, match="it is not signed with SLACK_SIGNING_SECRET"):
        verify(headers(b"x", secret="the client secret"), b"x", [SECRET])


def test_a_body_that_is_no_text_is_refused() -> None:
    with pytest.raises(Unverified, match="UTF-8"):
        verify(headers(b"x"), b"\xff\xfe", [SECRET])


def test_without_a_secret_nothing_is_read() -> None:
    with pytest.raises(Unverified, match="no signing secret"):
        verify(headers(b"x"), b"x", [])
