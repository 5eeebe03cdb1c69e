"""The one door out: every call to Slack's Web API goes through here."""

import json
import logging
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from importlib import import_module
from typing import Any
from urllib.error import URLError

from django.conf import settings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from response.core.errors import PermanentError, TemporaryError
from response.slack import signals
from response.slack.payloads import text_at

logger = logging.getLogger(__name__)


def __getattr__(name: str) -> Any:
    """Return the original's names, which stand in `response.slack.compat`."""
    if name == "SlackClient":
        return import_module("response.slack.compat.client").SlackClient
    if name == "SlackError":
        return import_module("response.slack.compat.errors").SlackError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# Answers that say "not now": https://docs.slack.dev/apis/web-api (errors common to all methods)
LIMITED = {"ratelimited", "rate_limited"}
TRANSIENT = {
    "fatal_error",
    "internal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "ratelimited",
}

ERROR = re.compile(r"[a-z0-9_.:-]{2,80}")
"""What Slack's names of errors look like."""
READ_AGAIN = 2  # how often a page is asked for again
FORMS = {"oauth.v2.access"}
"""Slack takes no JSON for these, and a secret does not belong into an address."""
READS = {"history", "info", "list", "lookupByEmail", "members", "replies", "test"}
"""The last words of methods that read: these take no JSON (https://docs.slack.dev/apis/web-api)."""

ADVICE = {
    "missing_scope": "Add the scope to the Slack app and install it again.",
    "not_in_channel": "Invite the app into the channel.",
    "channel_not_found": "Check that the channel is there, in the token's workspace, and public; or invite the app.",
    "is_archived": "The channel is archived. Somebody has to unarchive it.",
    "invalid_auth": "Slack does not know this token. Check SLACK_TOKEN.",
    "not_allowed_token_type": "SLACK_TOKEN is of another kind. Set the app's bot token, which begins with xoxb-.",
    "not_authed": "No token is set. Check SLACK_TOKEN.",
    "account_inactive": "The app was removed from the workspace. Install it again.",
    "token_revoked": "The token was revoked. Install the app again and set SLACK_TOKEN.",
    "restricted_action": "A workspace setting forbids this to apps. Ask a workspace admin.",
}


class SlackRefused(PermanentError):
    """Slack said no, and would again. `error` is its name for it, `answer` all it said."""

    def __init__(self, method: str, error: str, answer: dict[str, Any]) -> None:
        needed = f" (needs {answer['needed']})" if answer.get("needed") else ""
        super().__init__(f"{method}: {error}{needed}", advice=ADVICE.get(error, ""))
        self.method, self.error, self.answer = method, error, answer


class RateLimited(TemporaryError):
    """Slack limits this method for everybody for `retry_after` seconds."""

    def __init__(self, method: str, retry_after: float) -> None:
        super().__init__(f"{method}: rate limited", retry_after=retry_after)
        self.method = method


class Unanswered(TemporaryError):
    """No answer, or none that can be read: Slack may or may not have done it."""


def call(method: str, *, timeout: float | None = None, **arguments: Any) -> dict[str, Any]:
    """Call a method of the Web API and return its answer.

    `timeout` is in seconds (default: SLACK_TIMEOUT). Raises SlackRefused, RateLimited, Unanswered, or
    TemporaryError when the call surely was not carried out.
    """
    client = WebClient(
        token=settings.SLACK_TOKEN,
        base_url=settings.SLACK_API_URL,
        timeout=timeout or settings.SLACK_TIMEOUT,  # type: ignore[arg-type]  # urllib takes fractions
        retry_handlers=[],  # a retry here could say a thing twice; the outbox decides
    )
    started = time.monotonic()
    try:
        response = client.api_call(method, **as_sent(method, arguments))
    except SlackApiError as error:
        outcome = failure(method, error)
        told(method, started, outcome)
        raise outcome from None
    except (URLError, OSError, HTTPException, SlackClientError, AttributeError) as error:
        # slack_sdk raises AttributeError for an answer that is JSON and no object: nobody knows what Slack did.
        outcome = unreached(method, error)
        told(method, started, outcome)
        raise outcome from error
    told(method, started)
    return dict(response.data) if isinstance(response.data, dict) else {}


def each_page(method: str, *, begin: str = "", **arguments: Any) -> Iterator[dict[str, Any]]:
    """Read a list to its end, page by page, from its beginning or from a cursor. Raises what `call` does.

    A page whose answer is lost is asked for again at once: begun anew, a long list would hardly ever come to its end.
    """
    page = read(method, cursor=begin or None, **arguments)
    yield page
    while cursor := next_cursor(page):
        page = read(method, cursor=cursor, **arguments)
        yield page


def next_cursor(page: dict[str, Any]) -> str:
    """Return where the next page begins; nothing after the last."""
    return text_at(page, "response_metadata", "next_cursor")


def read(method: str, **arguments: Any) -> dict[str, Any]:
    for _ in range(READ_AGAIN):
        with suppress(Unanswered):
            return call(method, **arguments)
    return call(method, **arguments)


def told(method: str, started: float, failed: Exception | None = None) -> None:
    """Log a call, and announce it to those who count."""
    seconds = time.monotonic() - started
    level = logging.INFO if failed else logging.DEBUG
    logger.log(level, "slack_call method=%s outcome=%s ms=%d", method, failed or "ok", seconds * 1000)
    error = failed.error[:60] if isinstance(failed, SlackRefused) else ""
    signals.slack_called.send(None, method=method, outcome=outcome_of(failed), error=error, seconds=seconds)


def outcome_of(failed: Exception | None) -> str:
    """Return what became of a call, in a word."""
    words = {SlackRefused: "refused", RateLimited: "limited", Unanswered: "unanswered"}
    return words.get(type(failed), "unreached") if failed else "ok"


def for_socket_mode() -> WebClient:
    """Return the client with which Slack is asked for the address of a WebSocket; slack_sdk calls it by itself."""
    return WebClient(base_url=settings.SLACK_API_URL, timeout=int(settings.SLACK_TIMEOUT))


@dataclass(frozen=True)
class Answered:
    """What Slack answered, and the headers it came with, by their names in small letters."""

    data: dict[str, Any]
    headers: dict[str, str]

    @property
    def scopes(self) -> set[str]:
        """What the token may do."""
        return {scope.strip() for scope in self.headers.get("x-oauth-scopes", "").split(",") if scope.strip()}


def ask(method: str, *, token: str | None, api_url: str, timeout: float = 10, **arguments: Any) -> Answered:
    """Call a method with a token that is not in the settings, or none. Raises what `call` does."""
    client = WebClient(token=token, base_url=api_url, timeout=timeout, retry_handlers=[])  # type: ignore[arg-type]
    try:
        response = client.api_call(method, **as_sent(method, arguments))
    except SlackApiError as error:
        raise failure(method, error) from None
    except (URLError, OSError, HTTPException, SlackClientError) as error:
        raise unreached(method, error) from error
    headers = {name.lower(): value[0] if isinstance(value, list) else value for name, value in response.headers.items()}
    return Answered(dict(response.data) if isinstance(response.data, dict) else {}, headers)


def as_sent(method: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return how slack_sdk is to send a call."""
    given = {name: value for name, value in arguments.items() if value is not None}
    if method in FORMS:
        return {"data": given}
    return {"http_verb": "GET", "params": given} if method.rpartition(".")[2] in READS else {"json": given}


def failure(method: str, error: SlackApiError) -> Exception:
    """Return what an answer with an error means for whoever asked."""
    response = error.response
    status = getattr(response, "status_code", 200)
    if status == 429:
        return RateLimited(method, retry_after(getattr(response, "headers", {})))
    data = response.data if hasattr(response, "data") else response
    if status >= 500 or not isinstance(data, dict):
        return Unanswered(f"{method}: HTTP {status}")
    name = str(data.get("error", ""))
    if not ERROR.fullmatch(
        name
    ):  # a page of HTML, half an answer: slack_sdk puts that here, and nobody knows what was done
        return Unanswered(f"{method}: an answer that cannot be read")
    if name in LIMITED:
        return RateLimited(method, retry_after(getattr(response, "headers", {})))
    if name in TRANSIENT:
        return Unanswered(f"{method}: {name}")
    return SlackRefused(method, name, data)


def retry_after(headers: dict[str, Any]) -> float:
    """Return the seconds of a Retry-After header; 30 when it is missing or odd."""
    value = next((v for k, v in headers.items() if k.lower() == "retry-after"), "30")
    value = value[0] if isinstance(value, list) else value
    return float(value) if str(value).isdigit() else 30.0


def unreached(method: str, error: Exception) -> TemporaryError:
    """Return what a failed connection means: refused or unresolved, nothing was done; else nobody knows."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, ConnectionRefusedError | socket.gaierror):
        return TemporaryError(f"{method}: cannot reach Slack")
    return Unanswered(f"{method}: {type(reason).__name__}")


def respond(response_url: str, **message: Any) -> None:
    """Answer through a response_url (5 uses within 30 minutes). Raises SlackRefused when it is used up."""
    started = time.monotonic()
    try:
        send_to(response_url, message)
    except (SlackRefused, TemporaryError) as error:
        told("response_url", started, error)
        raise
    told("response_url", started)


def send_to(response_url: str, message: dict[str, Any]) -> None:
    try:
        answer = WebhookClient(response_url, timeout=int(settings.SLACK_TIMEOUT), retry_handlers=[]).send_dict(message)
    except (URLError, OSError, HTTPException) as error:
        raise unreached("response_url", error) from error
    if answer.status_code == 429:
        raise RateLimited("response_url", retry_after(dict(answer.headers)))
    if answer.status_code >= 500:
        raise Unanswered(f"response_url: HTTP {answer.status_code}")
    if answer.status_code >= 300 or '"ok":false' in answer.body.replace(" ", ""):
        raise SlackRefused("response_url", error_in(answer.body), {})


def error_in(body: str) -> str:
    """Return the name of the error in a webhook's answer, which is JSON or plain words."""
    try:
        found = json.loads(body)
    except ValueError:
        return body[:60] or "no_answer"
    return str(found.get("error", "refused")) if isinstance(found, dict) else "refused"
