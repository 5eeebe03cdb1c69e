"""Whether a request is Slack's own. https://docs.slack.dev/authentication/verifying-requests-from-slack"""

import time
from collections.abc import Mapping, Sequence

from slack_sdk.signature import SignatureVerifier

OLDEST = 300  # seconds; slack_sdk refuses what is older, or as much in the future


class Unverified(Exception):
    """The request cannot be trusted; the message says why, in words fit for a log."""


def verify(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> str:
    """Return the body as text when it is signed with one of the secrets, else raise Unverified.

    slack_sdk's verifier raises on timestamps that are no number, signatures that are no ASCII and bodies that
    are no UTF-8; those are refusals here.
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not secrets:
        raise Unverified("no signing secret is set")
    if not timestamp or not signature:
        raise Unverified("the signature or its timestamp is missing")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16 and signature.isascii()):
        raise Unverified("the signature or its timestamp is malformed")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Unverified("the body is not UTF-8") from None
    if (seconds := abs(time.time() - int(timestamp))) > OLDEST:
        raise Unverified(f"it was signed {seconds:.0f} s before or after this machine's time; let NTP set the clock")
    if not any(SignatureVerifier(secret).is_valid(text, timestamp, signature) for secret in secrets):
        raise Unverified("it is not signed with SLACK_SIGNING_SECRET")
    return text
