"""Running the application with uvicorn on a socket that is bound already."""

import socket
from pathlib import Path

import uvicorn

from slack_sandbox.app import build
from slack_sandbox.hub import Hub

GRACE_SECONDS = 1
PING_SECONDS = 10.0
"""How often WebSockets are asked whether anybody is there; who does not say so in twice the time is cut off."""


class SandboxServer(uvicorn.Server):
    """uvicorn, ending open streams and polls first: it would wait for them otherwise."""

    def __init__(self, hub: Hub, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, quickly."""
        self._hub.feeds.close()
        self._hub.journal.release()
        await super().shutdown(sockets)


def bind(host: str, port: int) -> socket.socket:
    """A listening address; port 0 takes a free one. Raises OSError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio turns Nagle's algorithm off only for sockets that say they are TCP.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def address(bound: socket.socket) -> str:
    """The URL under which it is reached from this machine."""
    host, port = bound.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def make_server(hub: Hub, *, state: Path | None = None, ping_seconds: float = PING_SECONDS) -> SandboxServer:
    """A server for a hub; `run(sockets=[...])` runs it."""
    config = uvicorn.Config(
        build(hub, state=state),
        log_level="warning",
        access_log=False,
        lifespan="on",
        ws_ping_interval=ping_seconds,
        ws_ping_timeout=2 * ping_seconds,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return SandboxServer(hub, config)
