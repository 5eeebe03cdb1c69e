"""Response URLs: docs.slack.dev/interactivity/handling-user-interaction#message_responses"""

import json
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.answers import give_answer
from slack_sandbox.shapes import Json


async def response_url(request: Request) -> Response:
    """`/response-url/<kind>/<team>/<secret>`: `ok`, or the error with 404."""
    hub: Hub = request.app.state.hub
    began, body = time.time(), await request.body()
    answer: Json
    status = 200
    try:
        payload = json.loads(body)
        where = hub.answer_urls.use(request.path_params["secret"])
        give_answer(hub, where, payload)
        answer = {"ok": True}
    except ValueError:
        payload, answer, status = {}, {"ok": False, "error": "invalid_payload"}, 400
    except SlackError as error:
        answer = error.answer()
        status = 404 if error.error in ("used_url", "expired_url") else 400
    hub.journal.add("api", began, method="response_url", app_id=None, args=payload, status=status, answer=answer)
    if status == 200:
        return Response("ok", media_type="text/plain")
    return Response(json.dumps(answer), status, media_type="application/json")


ROUTES = [Route("/response-url/{kind}/{team}/{secret}", response_url, methods=["POST"])]
