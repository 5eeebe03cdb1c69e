"""Answering a call: token, scopes, faults, the method, the journal."""

import json
import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.limits import capped
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.webapi import (
    apps,
    auth,
    blocks,
    chat,
    conversations,
    history,
    marks,
    membership,
    oauth,
    users,
    views,
)
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import METHODS, Method
from slack_sandbox.webapi.request import Received, receive
from slack_sandbox.webapi.trouble import Incoming, answered

FAMILIES = (apps, auth, blocks, chat, conversations, history, marks, membership, oauth, users, views)
"""Importing them fills METHODS."""


async def call_method(request: Request) -> Response:
    """`/api/<method>`"""
    hub: Hub = request.app.state.hub
    name: str = request.path_params["method"]
    received, refusal = await _received(request)
    app = _app_of(hub, received.token)

    def act() -> tuple[Json, Response]:
        try:
            if refusal is not None:
                raise refusal
            answer = {"ok": True, **_run(hub, name, app, received)}
            if received.warnings:
                answer = _warned(answer, received.warnings)
        except SlackError as error:
            answer = error.answer()
        return answer, _json(answer, app, METHODS.get(name))

    channel = _channel_of(hub, received.args)
    return await answered(Incoming(request, name, app.id if app else None, received.args, channel), act)


async def _received(request: Request) -> tuple[Received, SlackError | None]:
    """The call, or what is wrong with its form."""
    try:
        return await receive(request), None
    except SlackError as error:
        return Received(None, {}), error


def _channel_of(hub: Hub, args: Json) -> Channel | None:
    """The channel a call is about, whoever may see it."""
    reference = str(args.get("channel") or args.get("channel_id") or "")
    return hub.workspace.channels.get(reference) or hub.workspace.channel_named(reference.removeprefix("#"))


def _run(hub: Hub, name: str, app: App | None, received: Received) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if app is None:
        if method.needs_token:
            raise SlackError("invalid_auth" if received.token else "not_authed")
        app = App("", "", "", "", "", "", "", [], [])
    call = Call(hub, name, app, capped(hub.settings.limits, name, received.args), received.token)
    if method.is_app_level:
        _check_app_level(method, app, received)
    elif received.token and received.token == app.app_token:
        raise SlackError("not_allowed_token_type")
    elif method.needs_token:
        call.need(*method.scopes)
    return method.run(call)


def _check_app_level(method: Method, app: App, received: Received) -> None:
    if not received.is_in_header:
        raise SlackError("not_authed")
    if received.token != app.app_token:
        raise SlackError("not_allowed_token_type")
    if not set(method.scopes) & set(app.app_token_scopes):
        raise SlackError("missing_scope", needed=",".join(method.scopes), provided=",".join(app.app_token_scopes))


def _app_of(hub: Hub, token: str | None) -> App | None:
    if not token:
        return None
    return hub.workspace.app_with_token(token) or hub.workspace.app_with_app_token(token)


def _warned(answer: Json, warnings: tuple[str, ...]) -> Json:
    metadata = answer.get("response_metadata", {})
    every = [*metadata.get("warnings", ()), *warnings]
    return {**answer, "warning": ",".join(every), "response_metadata": {**metadata, "warnings": every}}


def _json(answer: Json, app: App | None, method: Method | None) -> Response:
    headers = {
        "x-slack-req-id": secrets.token_hex(16),
        "access-control-expose-headers": "x-slack-req-id, retry-after",
        "cache-control": "private, no-cache, no-store, must-revalidate",
    }
    if app is not None:
        headers["x-oauth-scopes"] = ",".join(app.scopes)
    if method is not None:
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
    body = json.dumps(answer, separators=(",", ":")).replace("/", "\\/")
    return Response(body, 200, headers, "application/json; charset=utf-8")


ROUTES = [Route("/api/{method}", call_method, methods=["GET", "POST"])]
