"""`/control/apps/<app>/...`: Socket Mode."""

import asyncio

from starlette.requests import Request

from slack_sandbox.control_api.routing import Answer, app_of, control
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.socket_mode.link import Link
from slack_sandbox.socket_mode.links import REASONS


@control("/apps/{app}/socket-mode", "POST")
async def switch_socket_mode(hub: Hub, request: Request, body: Json) -> Answer:
    """Send everything over WebSockets (`on`), or over HTTP again, which ends the open ones."""
    app = app_of(hub, request)
    app.socket_mode = bool(body["on"])
    hub.touch()
    if not app.socket_mode:
        await hub.links.disable(app.id)
    return {"ok": True, "socket_mode": app.socket_mode}


@control("/apps/{app}/connections")
async def list_connections(hub: Hub, request: Request, _body: Json) -> Answer:
    """The WebSockets an app has open."""
    return [link.as_json() for link in hub.links.of(app_of(hub, request).id)]


@control("/apps/{app}/connections/disconnect", "POST")
async def disconnect(hub: Hub, request: Request, body: Json) -> Answer:
    """Say `disconnect` for a `reason` on all connections or on one (`connection`); all but a warning close it."""
    reason = str(body.get("reason") or "refresh_requested")
    if reason not in REASONS:
        raise ValueError(f"a reason is one of {', '.join(REASONS)}")
    chosen = _links(hub, request, body.get("connection"))
    await asyncio.gather(*(hub.links.disconnect(link, reason) for link in chosen))
    return {"ok": True, "disconnected": len(chosen)}


@control("/apps/{app}/connections", "DELETE")
async def cut(hub: Hub, request: Request, _body: Json) -> Answer:
    """Break every connection, or the one of `connection`, without a word."""
    chosen = _links(hub, request, request.query_params.get("connection"))
    for link in chosen:
        link.break_off()
    return {"ok": True, "cut": len(chosen)}


def _links(hub: Hub, request: Request, wanted: str | None) -> list[Link]:
    return [link for link in hub.links.of(app_of(hub, request).id) if wanted in (None, link.id)]
