"""Requests as Slack signs them."""

import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings


def headers(body: bytes, *, secret: str | None = None, at: float | None = None) -> dict[str, str]:
    """Return the headers that Slack would send with this body."""
    timestamp = str(int(time.time() if at is None else at))
    key = (secret or settings.SLACK_SIGNING_SECRETS[0]).encode()
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": "v0=" + hmac.new(key, b"v0:%s:%s" % (timestamp.encode(), body), "sha256").hexdigest(),
    }


def event(inner: dict[str, Any], event_id: str = "Ev1") -> bytes:
    """Return the body of an Events API callback."""
    payload = {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": event_id,
        "event_time": int(time.time()),
        "event": inner,
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
    }
    return json.dumps(payload).encode()


def interaction(payload: Any) -> bytes:
    """Return the body of an interaction."""
    return urlencode({"payload": json.dumps(payload)}).encode()
