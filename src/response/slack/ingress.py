"""What Slack sends, taken: verified, stored, answered. Knows neither Django's requests nor WSGI's."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings

from response.slack import dispatch, inbox, payloads
from response.slack.models import InboundRequest
from response.slack.payloads import Malformed
from response.slack.signing import Unverified, verify

logger = logging.getLogger(__name__)

LARGEST = 1024 * 1024  # bytes; Slack's own requests are far smaller


@dataclass(frozen=True)
class Answer:
    """What Slack is told: a status, and plain text or JSON."""

    status: int = HTTPStatus.OK
    text: str = ""
    content_type: str = "text/plain; charset=utf-8"


Taker = Callable[[str], Answer]


def take(taker: Taker, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Let only what Slack signed through to `taker`, which gets the body as text."""
    if len(body) > LARGEST:
        return refused(path, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is larger than 1 MB")
    try:
        return taker(verify(headers, body, settings.SLACK_SIGNING_SECRETS))
    except Unverified as error:
        return refused(path, HTTPStatus.UNAUTHORIZED, str(error))
    except Malformed as error:
        return refused(path, HTTPStatus.BAD_REQUEST, str(error))


def refused(path: str, status: int, reason: str) -> Answer:
    """Answer with a 4xx, and leave one line in the log without anything that was sent."""
    logger.warning("request_refused path=%s status=%d reason=%r", path, status, reason)
    return Answer(status, reason)


def event(text: str) -> Answer:
    """The Events API over HTTP."""
    return take_event(payloads.read_json(text))


def take_event(payload: payloads.JsonDict) -> Answer:
    """The Events API, however it reached us. https://docs.slack.dev/apis/events-api"""
    kind = payload.get("type")
    if kind == "url_verification":
        return Answer(text=payloads.text_at(payload, "challenge"))
    if kind == "event_callback":
        found = payloads.Event.of(payload)
        if found.is_our_own:  # what our bot did comes back to us, and nobody wants it
            inbox.remember(found.key, InboundRequest.Kind.EVENT, found.channel, payload)
        else:
            only = dispatch.needs_incident(found)
            inbox.take(found.key, InboundRequest.Kind.EVENT, found.channel, payload, if_in_incident=only)
    elif kind == "app_rate_limited":
        logger.error("events_limited_by_slack minute=%s", payload.get("minute_rate_limited"))
    else:
        logger.warning("request_unknown kind=event")
    return Answer()
