"""The way in: an address that answers, with our secret, or an open connection; and whether Slack used it lately."""

import json
import secrets
import time
from collections.abc import Iterator

import httpx
from django.conf import settings
from slack_sdk.signature import SignatureVerifier

from response.doctor import problems
from response.doctor.findings import Finding, well
from response.operations import connections
from response.slack.manifest import PATHS
from response.slack.models import InboundRequest

PATIENCE = 5.0


def address() -> Iterator[Finding]:
    """Call ourselves as Slack does: a handshake, signed with our secret."""
    where = settings.SITE_URL + PATHS["events"]
    challenge = secrets.token_urlsafe(16)
    try:
        answer = httpx.post(where, **signed(challenge), timeout=PATIENCE)  # type: ignore[arg-type]
    except httpx.HTTPError as error:
        yield problems.ADDRESS_AWAY(address=settings.SITE_URL, reason=str(error) or type(error).__name__)
        return
    by_secret = bool(settings.SLACK_SIGNING_SECRETS)
    if answer.status_code == 401 and not by_secret:
        yield well("address", f"{settings.SITE_URL} answers")
    elif answer.status_code == 401:
        yield problems.OTHER_SECRET(address=settings.SITE_URL)
    elif answer.text != challenge:
        yield problems.NOT_US(address=where, status=answer.status_code)
    else:
        yield well("address", f"{settings.SITE_URL} answers, and takes what our secret signed")
    if by_secret or settings.SLACK_APP_TOKEN:
        yield heard()


def signed(challenge: str) -> dict[str, object]:
    """Return a request like Slack's handshake. Without a secret it is signed with none, and refused by ours."""
    body = json.dumps({"type": "url_verification", "challenge": challenge})
    secret = next(iter(settings.SLACK_SIGNING_SECRETS), "none")
    now = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=now, body=body)
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature or "",
    }
    return {"content": body, "headers": headers}


def connected() -> Iterator[Finding]:
    """Find out whether a process of ours holds a Socket Mode connection. By HTTP there is none to find."""
    if not settings.SLACK_APP_TOKEN:
        return
    at = connections.last_open()
    yield well("socket", f"connected, as of {at:%H:%M:%S} UTC") if at else problems.SOCKET_CLOSED()


def heard() -> Finding:
    """Find out whether anything of Slack's was taken lately, whichever way it comes."""
    last = InboundRequest.objects.order_by("-received_at").values_list("received_at", flat=True).first()
    check, silence = (
        ("socket", problems.SOCKET_SILENT) if settings.SLACK_APP_TOKEN else ("address", problems.NOTHING_HEARD)
    )
    if last is None:
        return silence(hours=f"{settings.INBOX_KEPT_HOURS:g}")
    return well(check, f"Slack was last heard at {last:%Y-%m-%d %H:%M} UTC")
