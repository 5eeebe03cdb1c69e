"""An app that listens: it keeps what Slack sends and answers what it is told to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from slack_sdk.signature import SignatureVerifier

from slack_sandbox.testing import wait_for

Json = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()}

    @property
    def payload(self) -> Json:
        """An event's JSON, or the payload of an interaction."""
        return json.loads(self.form["payload"] if self.path == "/interactions" else self.body)

    def is_signed_with(self, secret: str) -> bool:
        """What Slack's own verifier says."""
        return SignatureVerifier(secret).is_valid_request(self.body, self.headers)


@dataclass(frozen=True)
class Reply:
    """What the app says back."""

    body: str | Json = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0


Answering = Callable[[Request], Reply | Json | str | None]


class ListeningApp:
    """The app's server. `answers` decides what each path says; the rest is an empty 200."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[Request] = []
        self.answers: dict[str, Answering] = {}

    def answer(self, request: Request) -> Reply:
        """Keep the request and find the reply."""
        made = self.answers.get(request.path, lambda _: None)(request)
        self.requests.append(request)
        return made if isinstance(made, Reply) else Reply(made if made is not None else "")

    def to(self, path: str) -> list[Request]:
        """What came to a path."""
        return [request for request in self.requests if request.path == path]

    def events(self, kind: str | None = None) -> list[Json]:
        """The inner events that came, in order."""
        found = [request.payload["event"] for request in self.to("/events") if "event" in request.payload]
        return [event for event in found if kind in (None, event["type"])]

    def event(self, kind: str, **fields: Any) -> Json:
        """The first event of that type with these fields, waited for."""

        def found() -> Json | None:
            wanted = (e for e in self.events(kind) if all(e.get(name) == value for name, value in fields.items()))
            return next(wanted, None)

        return wait_for(found)

    def forget(self) -> None:
        """Start a test with nothing."""
        self.requests = []
        self.answers = {}


@contextmanager
def listening_app() -> Iterator[ListeningApp]:
    """A server on a free port, in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = app.answer(Request(self.path, headers, body, time.monotonic()))
            if reply.after:
                threading.Event().wait(reply.after)
            content = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(content.encode())))
            self.end_headers()
            with suppress(BrokenPipeError):  # Slack has given up waiting
                self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    app = ListeningApp(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield app
    server.shutdown()
    server.server_close()
    thread.join()
