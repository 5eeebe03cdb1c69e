"""Where Slack calls us, as Django's views. Events come in by project/wsgi.py, which is shorter."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from response.plugins.pages import for_anybody
from response.slack import ingress, instant, payloads
from response.slack.ingress import LARGEST, Answer, Taker

View = Callable[[HttpRequest], HttpResponse]


def from_slack(taker: Taker) -> View:
    """Make a view of a taker: only what Slack signed gets through."""

    @for_anybody
    @csrf_exempt
    @require_POST
    @wraps(taker)
    def view(request: HttpRequest) -> HttpResponse:
        if too_large(request):
            reason = "the body is larger than 1 MB"
            return shown(ingress.refused(request.path, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason))
        return shown(ingress.take(taker, request.path, request.headers, request.body))

    return view


def too_large(request: HttpRequest) -> bool:
    """Whether the body is over the limit, by what it says of itself: it is not even read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > LARGEST


def shown(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.text, status=answer.status, content_type=answer.content_type)


event = from_slack(ingress.event)


@from_slack
def command(text: str) -> Answer:
    """A slash command."""
    form = payloads.read_form(text)
    if form.get("ssl_check"):
        return Answer()
    return as_json(instant.run_command(payloads.Command.of(form)))


@from_slack
def interaction(text: str) -> Answer:
    """Buttons, selects and forms."""
    payload = payloads.read_json(payloads.read_form(text).get("payload", ""))
    return as_json(instant.interact(payloads.Interaction.of(payload)))


def as_json(answer: instant.Answer) -> Answer:
    """Answer nothing, or JSON that Slack acts on."""
    return Answer() if answer is None else Answer(text=json.dumps(answer), content_type="application/json")
