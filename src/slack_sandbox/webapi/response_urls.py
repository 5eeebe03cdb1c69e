"""Response URLs: docs.slack.dev/interactivity/handling-user-interaction#message_responses"""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.answers import give_answer
from slack_sandbox.shapes import Json
from slack_sandbox.strict_json import read_json
from slack_sandbox.webapi.trouble import Incoming, answered

GONE = ("used_url", "expired_url")
STATUSES = {"action_prohibited": 403, "channel_is_archived": 410, "no_service": 404}
"""docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors; 400 for the others."""


async def response_url(request: Request) -> Response:
    """`/response-url/<kind>/<team>/<secret>`: `ok`, or the error with a status of its own."""
    hub: Hub = request.app.state.hub
    secret: str = request.path_params["secret"]
    payload = _object(await request.body())
    where = hub.answer_urls.look_up(secret)
    channel = hub.workspace.channels.get(where.channel_id) if where else None

    def act() -> tuple[Json, Response]:
        try:
            if payload is None:
                raise SlackError("invalid_payload")
            give_answer(hub, hub.answer_urls.use(secret, now=hub.clock.now()), payload)
        except SlackError as error:
            return error.answer(), _refusal(error)
        return {"ok": True}, Response("ok", media_type="text/plain")

    app_id = where.app_id if where else None
    return await answered(Incoming(request, "response_url", app_id, payload or {}, channel), act)


def _refusal(error: SlackError) -> Response:
    """What is wrong with the address as JSON, what is wrong with the message as one word."""
    if error.error in GONE:
        return Response(json.dumps(error.answer()), 404, media_type="application/json")
    return Response(error.error, STATUSES.get(error.error, 400), media_type="text/plain")


def _object(body: bytes) -> Json | None:
    try:
        value = read_json(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


ROUTES = [Route("/response-url/{kind}/{team}/{secret}", response_url, methods=["POST"])]
