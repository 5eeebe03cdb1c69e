"""Answering a call: token, scopes, faults, the method, the journal."""

import asyncio
import json
import secrets
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.webapi import families
from slack_sandbox.webapi.calling import find_caller, run
from slack_sandbox.webapi.registry import METHODS, Method
from slack_sandbox.webapi.request import Received, receive
from slack_sandbox.webapi.tokens import NO_GRANT, Grant

FAMILIES = families.EVERY
"""Importing them has filled METHODS."""


async def call_method(request: Request) -> Response:
    """`/api/<method>`"""
    hub: Hub = request.app.state.hub
    name: str = request.path_params["method"]
    began = time.time()
    received, grant = Received(None, {}), NO_GRANT
    response = await _failure(hub, name)
    if response is None:
        try:
            received = await receive(request)
            grant = find_caller(hub, name, received)
            answer = {"ok": True, **run(hub, name, grant, received)}
            if received.warnings:
                answer = _warned(answer, received.warnings)
        except SlackError as error:
            answer = error.answer()
        response = _json(answer, grant, METHODS.get(name))
    else:
        answer = {"ok": False, "error": "ratelimited" if response.status_code == 429 else "internal_error"}
    lost = hub.faults.take("lost", name)
    hub.journal.add(
        "api",
        began,
        method=name,
        app_id=grant.app.id or None,
        args=received.args,
        status=response.status_code,
        answer=answer,
        lost=lost is not None,
    )
    if lost is not None:
        return await _lose(request, lost.status)
    return response


async def _failure(hub: Hub, name: str) -> Response | None:
    """Whatever this call was told to suffer before anything is done."""
    if slow := hub.faults.take("latency", name):
        await asyncio.sleep(slow.ms / 1000)
    if limited := hub.faults.take("ratelimit", name):
        headers = {"Retry-After": str(limited.retry_after)}
        return Response('{"ok":false,"error":"ratelimited"}', 429, headers, "application/json; charset=utf-8")
    if broken := hub.faults.take("error", name):
        return Response("upstream error", broken.status or 503, media_type="text/plain")
    return None


async def _lose(request: Request, status: int) -> Response:
    """The act is done, but the app will not learn of it."""
    if not status:
        request.scope["sandbox.hang_up"]()
        await asyncio.sleep(0.01)  # until the server has noticed that nobody is there
    return Response("", status or 500)


def _warned(answer: Json, warnings: tuple[str, ...]) -> Json:
    metadata = answer.get("response_metadata", {})
    every = [*metadata.get("warnings", ()), *warnings]
    return {**answer, "warning": ",".join(every), "response_metadata": {**metadata, "warnings": every}}


def _json(answer: Json, grant: Grant, method: Method | None) -> Response:
    headers = {
        "x-slack-req-id": secrets.token_hex(16),
        "access-control-expose-headers": "x-slack-req-id, retry-after",
        "cache-control": "private, no-cache, no-store, must-revalidate",
    }
    if grant.kind != "none":
        headers["x-oauth-scopes"] = ",".join(grant.scopes)
    if method is not None:
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes_for(grant.kind))
    body = json.dumps(answer, separators=(",", ":")).replace("/", "\\/")
    return Response(body, 200, headers, "application/json; charset=utf-8")


ROUTES = [Route("/api/{method}", call_method, methods=["GET", "POST"])]
