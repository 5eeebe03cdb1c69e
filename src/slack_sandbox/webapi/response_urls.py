"""Response URLs: docs.slack.dev/interactivity/handling-user-interaction#message_responses"""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.answers import give_answer
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.trouble import Incoming, answered


async def response_url(request: Request) -> Response:
    """`/response-url/<kind>/<team>/<secret>`: `ok`, or the error with 404."""
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
            status = 404 if error.error in ("used_url", "expired_url") else 400
            return error.answer(), Response(json.dumps(error.answer()), status, media_type="application/json")
        return {"ok": True}, Response("ok", media_type="text/plain")

    app_id = where.app_id if where else None
    return await answered(Incoming(request, "response_url", app_id, payload or {}, channel), act)


def _object(body: bytes) -> Json | None:
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


ROUTES = [Route("/response-url/{kind}/{team}/{secret}", response_url, methods=["POST"])]
