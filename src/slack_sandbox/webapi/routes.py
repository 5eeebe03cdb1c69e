"""Answering a call: token, scopes, faults, the method, the journal."""

import json
import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.webapi import families
from slack_sandbox.webapi.calling import find_caller, run
from slack_sandbox.webapi.registry import METHODS, Method
from slack_sandbox.webapi.request import FORM_ONLY, Received, receive
from slack_sandbox.webapi.tokens import NOBODY_CALLS, Caller
from slack_sandbox.webapi.trouble import Incoming, answered

FAMILIES = families.EVERY
"""Importing them has filled METHODS."""


async def call_method(request: Request) -> Response:
    """`/api/<method>`"""
    hub: Hub = request.app.state.hub
    name: str = request.path_params["method"]
    received, caller, refusal = await _received(hub, name, request)

    def act() -> tuple[Json, Response]:
        try:
            if refusal is not None:
                raise refusal
            answer = {"ok": True, **run(hub, name, caller, received)}
            if received.warnings:
                answer = _warned(answer, received.warnings)
        except SlackError as error:
            answer = error.answer()
        return answer, _json(answer, caller, METHODS.get(name))

    channel = _channel_of(hub, received.args)
    who = caller.app.id or None
    return await answered(Incoming(request, name, who, received.args, channel, caller.kind, caller.scopes), act)


async def _received(hub: Hub, name: str, request: Request) -> tuple[Received, Caller, SlackError | None]:
    """The call and who calls, or what is wrong with its form or its token."""
    received = Received(None, {})
    try:
        received = await receive(request, takes_json=name not in FORM_ONLY)
        return received, find_caller(hub, name, received), None
    except SlackError as error:
        return received, NOBODY_CALLS, error


def _channel_of(hub: Hub, args: Json) -> Channel | None:
    """The channel a call is about, whoever may see it."""
    reference = str(args.get("channel") or args.get("channel_id") or "")
    return hub.workspace.channels.get(reference) or hub.workspace.channel_named(reference.removeprefix("#"))


def _warned(answer: Json, warnings: tuple[str, ...]) -> Json:
    metadata = answer.get("response_metadata", {})
    every = [*metadata.get("warnings", ()), *warnings]
    return {**answer, "warning": ",".join(every), "response_metadata": {**metadata, "warnings": every}}


def _json(answer: Json, caller: Caller, method: Method | None) -> Response:
    headers = {
        "x-slack-req-id": secrets.token_hex(16),
        "access-control-expose-headers": "x-slack-req-id, retry-after",
        "cache-control": "private, no-cache, no-store, must-revalidate",
    }
    if caller.kind != "none":
        headers["x-oauth-scopes"] = ",".join(caller.scopes)
    if method is not None:
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes_for(caller.kind))
    body = json.dumps(answer, separators=(",", ":")).replace("/", "\\/")
    return Response(body, 200, headers, "application/json; charset=utf-8")


ROUTES = [Route("/api/{method}", call_method, methods=["GET", "POST"])]
