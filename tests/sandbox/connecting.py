"""An app in Socket Mode: slack_sdk's own client, which keeps what comes and answers what it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from slack_sandbox.testing import Sandbox, wait_for

Json = dict[str, Any]
Answering = Callable[[SocketModeRequest], Json | None]
SILENCE: Json = {"be": "silent"}
"""What an answer returns so that nothing is acknowledged."""


class ConnectedApp:
    """A connection. `answer` gives the payload of each acknowledgement."""

    def __init__(self, client: SocketModeClient) -> None:
        self.client = client
        self.requests: list[SocketModeRequest] = []
        self.disconnects: list[str] = []
        self.hellos: list[Json] = []
        self.answer: Answering = lambda _: None
        client.socket_mode_request_listeners.append(self.take)
        client.message_listeners.append(self.note)
        client.on_message_listeners.append(self.note_disconnect)

    def take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """Keep a request and acknowledge it."""
        self.requests.append(request)
        payload = self.answer(request)
        if payload is not SILENCE:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    def note(self, _client: BaseSocketModeClient, message: Json, _raw: str | None) -> None:
        """Keep the hello of each connection."""
        if message.get("type") == "hello":
            self.hellos.append(message)

    def note_disconnect(self, raw: str) -> None:
        """Keep why a connection was ended."""
        for reason in ("warning", "refresh_requested", "link_disabled", "too_many_websockets"):
            if '"disconnect"' in raw and f'"{reason}"' in raw:
                self.disconnects.append(reason)

    def of(self, kind: str) -> list[SocketModeRequest]:
        """What came in envelopes of one type."""
        return [request for request in self.requests if request.type == kind]

    def texts(self) -> list[str]:
        """The texts of messages that came."""
        events = [request.payload["event"] for request in self.of("events_api")]
        return [event.get("text", "") for event in events if event["type"] == "message"]


@contextmanager
def connected_app(sandbox: Sandbox, app_token: str) -> Iterator[ConnectedApp]:
    """A connection that stands."""
    web_client = WebClient(base_url=sandbox.api_url)
    # It takes several pings until the client believes that a connection is gone.
    client = SocketModeClient(app_token, web_client=web_client, ping_interval=0.1)
    app = ConnectedApp(client)
    client.connect()
    try:
        wait_for(lambda: app.hellos)
        yield app
    finally:
        threading.Thread(target=client.close, daemon=True).start()  # it takes its time
