"""The `slack-sandbox` command."""

import argparse
import json
import signal
import sys
from pathlib import Path

from slack_sandbox import __version__
from slack_sandbox.control_api.install import put_app, put_channel, put_person
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.manifest.check import BadManifest
from slack_sandbox.server import address, bind, make_server


def main(arguments: list[str] | None = None) -> int:
    """Run a sandbox until it is told to stop. Returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        bound = bind(options.host, options.port)
    except OSError as error:
        return _fail(f"cannot listen on {options.host}:{options.port}: {error.strerror}. Choose another with --port.")
    try:
        hub = Hub(options.url or address(bound), journal=options.journal)
        server = make_server(hub, state=options.state)
        furnish(hub, options.person)
        for path in options.app:
            put_app(hub, json.loads(path.read_text()))
        for path in options.manifest:
            put_app(hub, {"manifest": path.read_text()})
    except BadManifest as error:
        bound.close()
        return _fail(f"Slack would not take this manifest: {error}")
    except (OSError, ValueError, KeyError, TypeError, SlackError) as error:
        bound.close()
        return _fail(str(error))
    bound.listen()  # whoever reads the address may come at once
    print(f"Slack sandbox: {hub.base_url}", flush=True)
    # uvicorn raises the signal again once it has stopped; we are through by then, and that is a success.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    server.run(sockets=[bound])
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="slack-sandbox", description="A Slack workspace in a box.")
    found.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    found.add_argument("--port", type=int, default=3010, help="port, 0 for a free one (default %(default)s)")
    found.add_argument("--url", help="address under which apps reach the sandbox, if not the one it listens on")
    found.add_argument("--state", type=Path, metavar="FILE", help="keep the workspace in this file")
    found.add_argument(
        "--journal", type=Path, metavar="FILE", help="write every request, answer and event to this file, a line each"
    )
    found.add_argument(
        "--app", type=Path, action="append", default=[], metavar="FILE", help="install the app this JSON file describes"
    )
    found.add_argument(
        "--manifest", type=Path, action="append", default=[], metavar="FILE", help="install the app of this manifest"
    )
    found.add_argument(
        "--person", action="append", default=[], metavar="NAME", help="have somebody of this name, in #general"
    )
    found.add_argument("--version", action="version", version=__version__)
    return found


def furnish(hub: Hub, names: list[str]) -> None:
    """Bring in people, and the channel that everybody is in. Who is there already stays as they are."""
    people = [put_person(hub, {"real_name": name}).id for name in names]
    if people:
        put_channel(hub, {"name": "general", "is_general": True, "members": people})


def _fail(sentence: str) -> int:
    print(f"slack-sandbox: {sentence}", file=sys.stderr)
    return 1
