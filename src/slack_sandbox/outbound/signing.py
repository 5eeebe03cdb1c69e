"""Request signatures: docs.slack.dev/authentication/verifying-requests-from-slack."""

import hashlib
import hmac
import time


def signed_headers(secret: str, body: bytes) -> dict[str, str]:
    """The headers that prove where a body comes from. Real time is signed: the app checks it with its own clock."""
    timestamp = str(int(time.time()))
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature(secret, timestamp, body)}


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`v0=` and the HMAC of version, timestamp and raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
