"""The socket process: what Slack sends comes over a WebSocket that we opened, so that no address is needed.

It goes the way of HTTP: stored, and then acknowledged. What is not acknowledged Slack sends again, over this or another
connection. Several such processes may run; Slack gives each envelope to one of them.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import json
import logging
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import connection
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient

from response.operations import connections
from response.operations.metrics.tally import Flusher
from response.project.doubts import say_doubts
from response.project.outage import AWAY, took_away
from response.slack import client, gates, ingress, instant, payloads
from response.slack.payloads import JsonDict, Malformed, dict_at, text_at

logger = logging.getLogger("response.socket")

AT_ONCE = 8
"""Commands and presses at a time: each may wait for Slack to open a form. Events are stored one after the other."""
HOPELESS = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "token_revoked",
}
PING_EVERY = 5.0
LOOK_EVERY = 0.5
PATIENCE = 10.0
"""The client opens a new connection when one ends, now and then in vain; after so many seconds without, we do."""
Reply = JsonDict | None


class NotConnected(Exception):
    """Slack does not let us connect, and would not later; the message says what to change."""


def serve() -> None:
    """Take envelopes until SIGTERM or SIGINT. Needs Django to be set up. Raises NotConnected."""
    say_doubts(settings.CONFIG)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    flusher = Flusher()
    flusher.start()
    serve_until(stop)
    flusher.stop()


def serve_until(stop: threading.Event) -> None:
    """Take envelopes until `stop` is set; connections that end are opened anew."""
    if not settings.SLACK_APP_TOKEN:
        raise NotConnected("SLACK_APP_TOKEN is not set: it is the app-level token, xapp-…, of the Slack app.")
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="interaction") as people_wait:
        while not stop.is_set():
            socket = unconnected(Receiver(people_wait))
            try:
                connect(socket, stop)
                watch(socket, stop)
            finally:
                socket.close()
    logger.info("socket_stopped")


def unconnected(receiver: "Receiver") -> SocketModeClient:
    """Return a client that is not connected yet."""
    made = SocketModeClient(
        settings.SLACK_APP_TOKEN,
        web_client=client.for_socket_mode(),
        ping_interval=PING_EVERY,
        concurrency=1,  # envelopes are looked at in the order of their coming
    )
    made.message_listeners.append(receiver)  # type: ignore[arg-type]
    return made


def watch(socket: SocketModeClient, stop: threading.Event) -> None:
    """Say that it is connected; return when told to stop, or when the client has been without for too long."""
    alone_since: float | None = None
    said_at = -connections.EVERY
    while not stop.wait(LOOK_EVERY):
        if socket.is_connected():
            alone_since = None
            if time.monotonic() - said_at > connections.EVERY:
                said_at = time.monotonic()
                say_connected()
        elif alone_since is None:
            alone_since = time.monotonic()
        elif time.monotonic() - alone_since > PATIENCE:
            logger.warning("socket_lost seconds=%d", PATIENCE)
            return


def say_connected() -> None:
    """Leave a sign for the doctor. Without a database there is nowhere to leave it."""
    try:
        connections.note_open()
    except AWAY as error:
        took_away("socket", error)
    finally:
        connection.close()


def connect(socket: SocketModeClient, stop: threading.Event) -> None:
    """Open the first connection, trying again for as long as Slack is away. From then on the client looks after it."""
    tries = 0
    while not stop.is_set():
        try:
            socket.connect_to_new_endpoint()
        except SlackApiError as error:
            name = str(error.response.get("error", "unknown"))
            if name in HOPELESS:
                raise NotConnected(
                    f"Slack does not take SLACK_APP_TOKEN: {name}. `response doctor` tells more."
                ) from None
            logger.warning("socket_not_connected reason=%s", name)
        except (OSError, SlackClientError) as error:
            logger.warning("socket_not_connected reason=%s", type(error).__name__)
        else:
            return
        stop.wait(gates.pause(tries))
        tries += 1


class Receiver:
    """What is done with each message of the connection."""

    def __init__(self, people_wait: ThreadPoolExecutor) -> None:
        """Remember where what people wait for is done."""
        self.people_wait = people_wait

    def __call__(self, socket: BaseSocketModeClient, message: JsonDict, raw: str) -> None:
        """Take an envelope: an event here and now, in order, anything else beside the others."""
        kind = text_at(message, "type")
        if kind == "hello":
            logger.info("socket_connected connections=%s", message.get("num_connections"))
        elif kind == "events_api":
            acknowledge(socket, raw, event)
        elif kind in OTHERS:
            self.people_wait.submit(acknowledge, socket, raw, OTHERS[kind])


def acknowledge(socket: BaseSocketModeClient, raw: str, taker: Callable[[JsonDict], Reply]) -> None:
    """Take an envelope, and acknowledge it once it is stored. What failed on our side is left to come again."""
    try:
        envelope = payloads.read_json(raw)
        reply = taken(envelope, taker)
        answer: dict[str, Any] = {"envelope_id": text_at(envelope, "envelope_id")}
        socket.send_message(json.dumps(answer | ({"payload": reply} if reply else {})))
    except AWAY as error:
        took_away("socket", error)
    except Exception:
        logger.exception("envelope_not_taken")  # without an acknowledgement Slack sends it again
    finally:
        connection.close()  # back to the pool


def taken(envelope: JsonDict, taker: Callable[[JsonDict], Reply]) -> Reply:
    """Return what the taker replies; nothing to what is not what Slack sends, for it would be the same again."""
    try:
        return taker(dict_at(envelope, "payload"))
    except Malformed as error:
        logger.warning("envelope_refused type=%s reason=%s", text_at(envelope, "type"), error)
        return None


def event(payload: JsonDict) -> Reply:
    ingress.take_event(payload)
    return None


def command(payload: JsonDict) -> Reply:
    form = {name: value for name, value in payload.items() if isinstance(value, str)}
    return instant.run_command(payloads.Command.of(form))


def interaction(payload: JsonDict) -> Reply:
    return instant.interact(payloads.Interaction.of(payload))


OTHERS = {"slash_commands": command, "interactive": interaction}
