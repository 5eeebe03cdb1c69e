"""Where Slack calls us: verify, store, acknowledge. Only what Slack must have within 3 s is done here."""

import logging
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from response.slack import dispatch, inbox, instant, payloads
from response.slack.models import InboundRequest
from response.slack.payloads import Malformed
from response.slack.signing import Unverified, verify

logger = logging.getLogger(__name__)

LARGEST = 1024 * 1024  # bytes; Slack's own requests are far smaller

View = Callable[[HttpRequest], HttpResponse]


def from_slack(view: Callable[[str], HttpResponse]) -> View:
    """Let only verified requests through; the view gets the body as text."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if too_large(request):
            return refused(request, 413, "the body is larger than 1 MB")
        try:
            text = verify(request.headers, request.body, settings.SLACK_SIGNING_SECRETS)
            return view(text)
        except Unverified as error:
            return refused(request, 401, str(error))
        except Malformed as error:
            return refused(request, 400, str(error))

    return checked


def too_large(request: HttpRequest) -> bool:
    """Whether the body is over the limit, by what it says of itself; reading it stops at the limit as well."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > LARGEST


def refused(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    """Answer with a 4xx, and leave one line in the log without anything that was sent."""
    logger.warning("request_refused path=%s status=%d reason=%r", request.path, status, reason)
    return HttpResponse(reason, status=status, content_type="text/plain")


@from_slack
def event(text: str) -> HttpResponse:
    """The Events API. https://docs.slack.dev/apis/events-api"""
    payload = payloads.read_json(text)
    kind = payload.get("type")
    if kind == "url_verification":
        return HttpResponse(payloads.text_at(payload, "challenge"), content_type="text/plain")
    if kind == "event_callback":
        found = payloads.Event.of(payload)
        only = dispatch.needs_incident(found)
        inbox.take(found.key, InboundRequest.Kind.EVENT, found.channel, payload, if_in_incident=only)
    elif kind == "app_rate_limited":
        logger.error("events_limited_by_slack minute=%s", payload.get("minute_rate_limited"))
    else:
        logger.warning("request_unknown kind=event")
    return HttpResponse()


@from_slack
def command(text: str) -> HttpResponse:
    """A slash command."""
    form = payloads.read_form(text)
    if form.get("ssl_check"):
        return HttpResponse()
    return shown(instant.run_command(payloads.Command.of(form)))


@from_slack
def interaction(text: str) -> HttpResponse:
    """Buttons, selects and forms."""
    payload = payloads.read_json(payloads.read_form(text).get("payload", ""))
    return shown(instant.interact(payloads.Interaction.of(payload)))


def shown(answer: dict[str, object] | None) -> HttpResponse:
    """Answer Slack: nothing, or JSON that it acts on."""
    return HttpResponse() if answer is None else JsonResponse(answer)
