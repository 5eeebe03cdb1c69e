"""`/link/`: where apps connect."""

import asyncio
import contextlib

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.socket_mode.link import Link, LinkClosed
from slack_sandbox.strict_json import read_json

DEBUG_SECONDS = 360.0


async def connect(socket: WebSocket) -> None:
    """A connection, for as long as it lasts. A used or old ticket is refused with 403."""
    hub: Hub = socket.app.state.hub
    ticket = hub.links.tickets.redeem(socket.query_params.get("ticket", ""), now=hub.clock.now())
    app = hub.workspace.apps.get(ticket.app_id) if ticket else None
    if ticket is None or app is None:
        await socket.close()
        return
    await socket.accept()
    link = Link(socket, app.id, hub.clock.now(), _lifetime(hub, socket))
    if (refusal := hub.links.refusal(app)) is not None:
        await link.leave(refusal, patience=0)
        return
    hub.links.add(link)
    lifetime = asyncio.create_task(hub.links.live(link))
    try:
        await _listen(hub, link)
    finally:
        lifetime.cancel()
        hub.links.remove(link)


def _lifetime(hub: Hub, socket: WebSocket) -> float:
    """Seconds until it is refreshed: few for an app that wants to see how it copes."""
    return DEBUG_SECONDS if socket.query_params.get("debug_reconnects") == "true" else hub.settings.connection_seconds


async def _listen(hub: Hub, link: Link) -> None:
    with contextlib.suppress(LinkClosed):
        await link.hello(len(hub.links.of(link.app_id)))
    while (came := await link.socket.receive())["type"] == "websocket.receive":
        hub.links.acknowledge(link.app_id, _message(came.get("text") or ""))


def _message(text: str) -> Json:
    """What an app says, if it is an object: what is not acknowledges nothing."""
    try:
        value = read_json(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


ROUTES = [WebSocketRoute("/link/", connect), WebSocketRoute("/link", connect)]
