"""The ASGI application: Slack's API, the chat, the control API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from slack_sandbox.acts.scheduled import arm
from slack_sandbox.browser import acting, assets, reading, stream
from slack_sandbox.control_api import bulk, journals, sockets, trouble
from slack_sandbox.control_api import routes as control_routes
from slack_sandbox.control_api import routing as control
from slack_sandbox.hub import Hub
from slack_sandbox.oauth import discovery, pages
from slack_sandbox.pages import apps as app_pages
from slack_sandbox.pages import catalogue, inspector
from slack_sandbox.snapshot import Keeper
from slack_sandbox.socket_mode import endpoint
from slack_sandbox.webapi import response_urls, uploads
from slack_sandbox.webapi import routes as webapi

CONTROL = (control_routes, bulk, journals, sockets, trouble)
"""Importing them fills the control API's ROUTES."""


def build(hub: Hub, *, state: Path | None = None) -> ASGIApp:
    """The application of a hub, which it keeps in the file `state` if there is one."""
    keeper = Keeper(hub, state) if state else None
    if keeper is not None:
        keeper.load()

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if keeper is not None:
            keeper.start()
        for item in hub.workspace.scheduled.values():
            arm(hub, item)
        yield
        await hub.close()
        if keeper is not None:
            await keeper.close()

    routes = [
        *webapi.ROUTES,
        *response_urls.ROUTES,
        *uploads.ROUTES,
        *endpoint.ROUTES,
        *app_pages.ROUTES,
        *inspector.ROUTES,
        *catalogue.ROUTES,
        *acting.ROUTES,
        *reading.ROUTES,
        *stream.ROUTES,
        *control.ROUTES,
        *discovery.ROUTES,
        *pages.ROUTES,
        *assets.ROUTES,
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.hub = hub
    return _with_hang_up(app)


def _with_hang_up(app: ASGIApp) -> ASGIApp:
    """Let an endpoint cut its own connection (`scope["sandbox.hang_up"]()`), which ASGI has no word for.

    uvicorn's `send` is a method of the object that holds the transport; without it nothing is cut.
    """

    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        scope["sandbox.hang_up"] = transport.abort if transport is not None else lambda: None
        await app(scope, receive, send)

    return outer
