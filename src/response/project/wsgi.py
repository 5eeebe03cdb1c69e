"""The web process's application: Django, with a shorter way in for Slack's events.

Events are nearly all of the traffic, and Slack counts the seconds. They need no session, no form protection and no
page, so they are taken before Django makes a request of them (docs/decisions/inbox.md has the figures).
"""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "response.project.settings")

django_application = get_wsgi_application()

from django.db import connection  # noqa: E402 - Django has to be set up

from response.operations.requests import ROUTE, observed  # noqa: E402
from response.project.outage import AWAY, took_away  # noqa: E402
from response.slack import ingress  # noqa: E402

EVENTS = "/slack/event"

Start = Callable[..., Any]


class Headers(dict[str, str]):
    """A WSGI environment's headers, by their names in HTTP."""

    @classmethod
    def of(cls, environ: dict[str, Any]) -> "Headers":
        names = ("X-Slack-Request-Timestamp", "X-Slack-Signature")
        return cls({name: environ.get(f"HTTP_{name.upper().replace('-', '_')}", "") for name in names})


@observed
def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Take an event of Slack's, or hand the request to Django."""
    if environ["PATH_INFO"] != EVENTS or environ["REQUEST_METHOD"] != "POST":
        answered: Iterable[bytes] = django_application(environ, start_response)
        return answered
    environ[ROUTE] = EVENTS
    answer = take_event(environ)
    body = answer.text.encode()
    status = HTTPStatus(answer.status)
    headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(body)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]


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
