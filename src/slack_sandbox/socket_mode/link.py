"""One WebSocket of an app."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from slack_sandbox.ids import new_secret
from slack_sandbox.shapes import Json

HOST = "applink-sandbox"
NORMAL_CLOSURE = 1000


class LinkClosed(Exception):
    """The connection went before the envelope on it was acknowledged."""


@dataclass(eq=False)
class Link:
    """A connection, and what has been sent on it and not acknowledged."""

    socket: WebSocket
    app_id: str
    opened: float
    seconds: float
    """How long it lives until it is refreshed."""
    id: str = field(default_factory=lambda: new_secret(12))
    unanswered: dict[str, asyncio.Future[object]] = field(default_factory=dict)
    is_leaving: bool = False
    """Whether it was told to go: nothing more is sent on it."""

    async def say(self, message: Json) -> None:
        """Send a message. Raises LinkClosed when nobody is there any more."""
        try:
            await self.socket.send_text(json.dumps(message))
        except (WebSocketDisconnect, RuntimeError) as error:  # starlette's word for a socket closed by us meanwhile
            raise LinkClosed from error

    async def hello(self, connections: int) -> None:
        """The first message of every connection."""
        debug = {"host": HOST, "build_number": 1, "approximate_connection_time": int(self.seconds)}
        described = {"num_connections": connections, "debug_info": debug, "connection_info": {"app_id": self.app_id}}
        await self.say({"type": "hello", **described})

    async def say_disconnect(self, reason: str) -> None:
        """Tell the app that this connection ends: warning, refresh_requested, link_disabled, too_many_websockets."""
        with contextlib.suppress(LinkClosed):
            await self.say({"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}})

    async def leave(self, reason: str, *, patience: float) -> None:
        """Say why, let what was sent be acknowledged, and close."""
        self.is_leaving = True
        await self.say_disconnect(reason)
        if self.unanswered:
            await asyncio.wait(self.unanswered.values(), timeout=patience)
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the app was quicker
            await self.socket.close(NORMAL_CLOSURE)

    def break_off(self) -> None:
        """Break the connection without a word. What was sent last may arrive or not."""
        self.is_leaving = True
        hang_up: Callable[[], None] = self.socket.scope["sandbox.hang_up"]
        hang_up()

    def fail(self) -> None:
        """It is gone: whoever waits for an acknowledgement learns it."""
        for answer in self.unanswered.values():
            if not answer.done():
                answer.set_exception(LinkClosed())

    def as_json(self) -> Json:
        """For the control API."""
        waiting = list(self.unanswered)
        return {"id": self.id, "opened": self.opened, "unanswered": waiting, "is_leaving": self.is_leaving}
