"""A sandbox inside a test: started on a free port, driven in the words of people, needing no test framework.

with running_sandbox() as sandbox:
    workspace = Workspace(sandbox)
    lee = workspace.person("Lee")
    general = workspace.channel("general", lee)
    lee.says(general, "Payments are failing")
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from slack_sandbox.actors import Actor, Room, Shown, Workspace
from slack_sandbox.control import Refused, Sandbox, wait_for
from slack_sandbox.hub import Hub
from slack_sandbox.seen import Form, Message, NotSeen
from slack_sandbox.server import PING_SECONDS, address, bind, make_server

__all__ = [
    "Actor",
    "Form",
    "Message",
    "NotSeen",
    "Refused",
    "Room",
    "Sandbox",
    "Shown",
    "Workspace",
    "running_sandbox",
    "wait_for",
]


@contextmanager
def running_sandbox(
    *, port: int = 0, state: Path | None = None, journal: Path | None = None, ping_seconds: float = PING_SECONDS
) -> Iterator[Sandbox]:
    """A sandbox in a thread of this process; gone with the block."""
    bound = bind("127.0.0.1", port)
    server = make_server(Hub(address(bound), journal=journal), state=state, ping_seconds=ping_seconds)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="slack-sandbox", daemon=True)
    thread.start()
    try:
        with Sandbox(address(bound)) as sandbox:
            wait_for(lambda: server.started or not thread.is_alive(), timeout=10)
            yield sandbox
    finally:
        server.should_exit = True
        thread.join(timeout=10)
