"""The web process's application: Django, with a shorter way for Slack's events and for what open pages ask.

These are nearly all of the traffic, and Slack counts the seconds. They need no session, no form protection and no page,
so they are answered before Django makes a request of them (docs/decisions/inbox.md and live.md have the figures).
"""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "response.project.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402 - Django has to be set up

from response.operations.requests import ROUTE, observed  # noqa: E402
from response.project.outage import AWAY, took_away  # noqa: E402
from response.slack import ingress  # noqa: E402
from response.ui import live  # noqa: E402

EVENTS = "/slack/event"
LIVE = "/live/"

Start = Callable[..., Any]


class Headers(dict[str, str]):
    """A WSGI environment's headers, by their names in HTTP."""

    @classmethod
    def of(cls, environ: dict[str, Any]) -> "Headers":
        names = ("X-Slack-Request-Timestamp", "X-Slack-Signature")
        return cls({name: environ.get(f"HTTP_{name.upper().replace('-', '_')}", "") for name in names})


def within(path: str) -> str:
    """Return a path without the sub-path of SITE_URL: some proxies take it away, and some pass it on."""
    below = settings.FORCE_SCRIPT_NAME or ""
    return path.removeprefix(below) if below and path.startswith(f"{below}/") else path


@observed
def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Take an event of Slack's, tell an open page whether anything has changed, or hand the request to Django."""
    environ["PATH_INFO"] = path = within(environ["PATH_INFO"])
    asked = environ["REQUEST_METHOD"], path
    if asked == ("POST", EVENTS):
        environ[ROUTE] = EVENTS
        return send(start_response, take_event(environ))
    if asked[0] == "GET" and path.startswith(LIVE) and path != LIVE:
        environ[ROUTE] = "live"
        return tell(environ, start_response)
    answered: Iterable[bytes] = django_application(environ, start_response)
    return answered


def send(start_response: Start, answer: ingress.Answer) -> list[bytes]:
    body = answer.text.encode()
    status = HTTPStatus(answer.status)
    headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(body)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]


def tell(environ: dict[str, Any], start_response: Start) -> list[bytes]:
    """Tell an open page."""
    try:
        status, tag = live.answer(environ["PATH_INFO"].removeprefix(LIVE), environ.get("HTTP_IF_NONE_MATCH", ""))
    except AWAY as error:
        return send(start_response, ingress.Answer(HTTPStatus.SERVICE_UNAVAILABLE, took_away(LIVE, error)))
    finally:
        connection.close()  # back to the pool
    headers = [("Cache-Control", "no-store"), *([("ETag", tag)] if tag else [])]
    start_response(f"{status.value} {status.phrase}", headers)
    return []


def take_event(environ: dict[str, Any]) -> ingress.Answer:
    """Read the body, as far as it may go, and take what is in it."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > ingress.LARGEST:
        return ingress.refused(EVENTS, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is larger than 1 MB")
    body = environ["wsgi.input"].read(int(length))
    try:
        return ingress.take(ingress.event, EVENTS, Headers.of(environ), body)
    except AWAY as error:
        return ingress.Answer(HTTPStatus.SERVICE_UNAVAILABLE, took_away(EVENTS, error))
    finally:
        connection.close()  # back to the pool
