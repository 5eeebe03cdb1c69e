"""Slack's own frameworks run an app here unchanged: Bolt for Python and for JavaScript, over HTTP and Socket Mode."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace, wait_for
from tests.sandbox import bolt_app

Json = dict[str, Any]
NODE = Path(__file__).parent / "node"


@pytest.fixture
def room(workspace: Workspace, lee: Actor) -> Room:
    return workspace.channel("notes", lee)


@contextmanager
def in_node(app: Json, sandbox: Sandbox, *, is_socket: bool) -> Iterator[str | None]:
    """Run the JavaScript app. Yields its address, over HTTP."""
    told = {"token": app["bot_token"], "secret": app["signing_secret"], "appToken": app["app_token"]}
    told |= {"path": bolt_app.PATH, "form": bolt_app.FORM, "home": bolt_app.HOME}
    told |= {"api": sandbox.api_url, "socket": is_socket}
    command = ["node", "app.js", json.dumps(told)]
    with subprocess.Popen(command, cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline() or "null")
            assert ready is not None, "it has ended, and said why above"
            yield f"http://127.0.0.1:{ready['port']}" if ready["port"] else None
        finally:
            process.terminate()
            process.communicate()


@pytest.fixture
def node() -> None:
    """Node and what `make node` has installed; CI has both."""
    missing = not shutil.which("node") or not (NODE / "node_modules" / "@slack" / "bolt").is_dir()
    if missing and "CI" not in os.environ:
        pytest.skip("needs node, and @slack/bolt from `make node`")
    assert not missing, "CI has node, and runs `make node`"


def install(sandbox: Sandbox, url: str | None = None) -> Json:
    """Install the app by its manifest, or change the address it is reached at."""
    return sandbox.install(bolt_app.manifest(url), channels=["notes"])


def test_bolt_for_python_over_http(sandbox: Sandbox, lee: Actor, room: Room) -> None:
    app = install(sandbox, "http://127.0.0.1:9")
    with bolt_app.by_http(app, sandbox) as url:
        install(sandbox, url)
        bolt_app.walk(sandbox, app, lee, room)


def test_bolt_for_python_over_a_socket(sandbox: Sandbox, lee: Actor, room: Room) -> None:
    app = install(sandbox)
    with bolt_app.by_socket(app, sandbox):
        wait_for(lambda: sandbox.connections(app["id"]))
        bolt_app.walk(sandbox, app, lee, room)


def test_bolt_for_javascript_over_http(node: None, sandbox: Sandbox, lee: Actor, room: Room) -> None:
    app = install(sandbox, "http://127.0.0.1:9")
    with in_node(app, sandbox, is_socket=False) as url:
        install(sandbox, url)
        bolt_app.walk(sandbox, app, lee, room)


def test_bolt_for_javascript_over_a_socket(node: None, sandbox: Sandbox, lee: Actor, room: Room) -> None:
    app = install(sandbox)
    with in_node(app, sandbox, is_socket=True):
        wait_for(lambda: sandbox.connections(app["id"]))
        bolt_app.walk(sandbox, app, lee, room)
