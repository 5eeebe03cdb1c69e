"""Everything over WebSockets, taken by slack_sdk's client and by Bolt."""

import base64
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from slack_sandbox.testing import Actor, Refused, Room, Sandbox, Workspace, running_sandbox, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.connecting import SILENCE, ConnectedApp, connected_app
from tests.sandbox.listening import ListeningApp
from tests.sandbox.test_messages import error_of
from tests.sandbox.test_views import FORM

Json = dict[str, Any]


@pytest.fixture
def app(install: Any, general: Room, sandbox: Sandbox) -> Installed:
    """An app with every scope that is in #general, and in Socket Mode."""
    installed: Installed = install(channels=["general"])
    sandbox.socket_mode(installed.id)
    return installed


@pytest.fixture
def token(app: Installed) -> str:
    return str(app.settings["app_token"])


@pytest.fixture
def connected(sandbox: Sandbox, token: str) -> Iterator[ConnectedApp]:
    with connected_app(sandbox, token) as connection:
        yield connection


def opened(sandbox: Sandbox, token: str) -> str:
    return str(WebClient(base_url=sandbox.api_url).apps_connections_open(app_token=token)["url"])


def said(connection: ClientConnection) -> Json:
    message: Json = json.loads(connection.recv(timeout=5))
    return message


@contextmanager
def meanwhile(act: Callable[[], Any]) -> Iterator[list[Any]]:
    """Do something while the block runs; what it returned is in the list afterwards."""
    returned: list[Any] = []
    acting = threading.Thread(target=lambda: returned.append(act()))
    acting.start()
    yield returned
    acting.join(10)


@contextmanager
def silent_connection(url: str) -> Iterator[socket.socket]:
    """A WebSocket on which nobody ever answers."""
    where = urlsplit(url)
    key = base64.b64encode(os.urandom(16)).decode()
    head = f"GET {where.path}?{where.query} HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\n"
    head += f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    with socket.create_connection((where.hostname or "", where.port or 80), timeout=5) as connection:
        connection.sendall(head.encode())
        assert b" 101 " in connection.recv(4096)
        yield connection


def test_an_address_is_used_once(sandbox: Sandbox, app: Installed, token: str) -> None:
    url = opened(sandbox, token)
    assert url.startswith("ws://")
    with connect(url) as connection:
        hello = said(connection)
        assert (hello["type"], hello["num_connections"], hello["connection_info"]) == ("hello", 1, {"app_id": app.id})
        assert hello["debug_info"]["approximate_connection_time"] == 3600
        with pytest.raises(InvalidStatus, match="403"):
            connect(url)


def test_an_address_grows_old(sandbox: Sandbox, token: str) -> None:
    url = opened(sandbox, token)
    sandbox.advance(31)
    with pytest.raises(InvalidStatus, match="403"):
        connect(url)


def test_it_takes_the_apps_own_token(sandbox: Sandbox, app: Installed, token: str) -> None:
    assert error_of(WebClient(base_url=sandbox.api_url).apps_connections_open, app_token="xapp-none") == "invalid_auth"
    assert error_of(app.client.apps_connections_open, app_token=app.client.token) == "not_allowed_token_type"
    assert error_of(WebClient(token, sandbox.api_url).users_list) == "not_allowed_token_type"
    assert "connections:write" not in app.settings["scopes"], "it is no scope of the bot"
    sandbox.app("Helper", app_token_scopes=["authorizations:read"])
    with pytest.raises(SlackApiError) as raised:
        opened(sandbox, token)
    assert raised.value.response["error"] == "missing_scope"
    assert raised.value.response["needed"] == "connections:write"


def test_events_come_over_the_socket_and_not_over_http(
    sandbox: Sandbox, app: Installed, connected: ConnectedApp, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    message = lee.says(general, "hello")
    sandbox.settle()
    (request,) = connected.of("events_api")
    assert request.payload["event"]["ts"] == message.ts
    assert request.payload["event_id"].startswith("Ev")
    assert (request.accepts_response_payload, request.retry_attempt, request.retry_reason) == (False, 0, "")
    assert listener.requests == []
    (delivery,) = sandbox.deliveries("event")[-1:]
    assert (delivery["outcome"], delivery["transport"], delivery["status"]) == ("ok", "socket", None)
    assert delivery["connection"] == sandbox.connections(app.id)[0]["id"]


def test_the_order_of_a_channel_is_kept(sandbox: Sandbox, connected: ConnectedApp, general: Room, lee: Actor) -> None:
    for number in range(20):
        lee.does("say", channel=general.id, text=str(number))
    wait_for(lambda: len(connected.texts()) == 20)
    assert connected.texts() == [str(number) for number in range(20)]


def test_a_command_is_answered_with_its_acknowledgement(connected: ConnectedApp, general: Room, lee: Actor) -> None:
    connected.answer = lambda request: {"text": f"You said {request.payload['text']}"}
    shown = lee.runs("/incident", "x", general)
    assert shown.text == "You said x"
    (request,) = connected.of("slash_commands")
    assert request.accepts_response_payload
    assert request.payload["command"] == "/incident"
    assert request.payload["response_url"]


def test_a_form_is_opened_and_refused_over_the_socket(
    app: Installed, connected: ConnectedApp, general: Room, lee: Actor
) -> None:
    def answer(request: Any) -> Json | None:
        if request.type == "slash_commands":
            app.client.views_open(trigger_id=request.payload["trigger_id"], view=FORM)
            return None
        return {"response_action": "errors", "errors": {"report": "Say more."}}

    connected.answer = answer
    lee.runs("/incident", "", general)
    assert lee.submits({"Severity": "Minor"}) == {"Report": "Say more."}
    (request,) = connected.of("interactive")
    assert (request.payload["type"], request.accepts_response_payload) == ("view_submission", True)


def test_who_does_not_acknowledge_is_told_to_the_person(
    sandbox: Sandbox, app: Installed, connected: ConnectedApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(ack_seconds=0.05)
    connected.answer = lambda _: SILENCE
    assert lee.runs("/incident", "", general).failure == "operation_timeout"
    connected.client.auto_reconnect_enabled = False
    sandbox.cut(app.id)
    wait_for(lambda: not sandbox.connections(app.id))
    assert lee.runs("/incident", "", general).failure == "dispatch_failed"


def test_an_event_nobody_acknowledged_comes_again(
    sandbox: Sandbox, connected: ConnectedApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(ack_seconds=0.05)
    connected.answer = lambda _: SILENCE
    since = sandbox.seq()
    lee.says(general, "anybody?")
    for tries, wait in ((2, 60), (3, 300), (4, 0)):
        wait_for(lambda tries=tries: len(sandbox.deliveries("event", since=since)) == tries)
        sandbox.advance(wait)
    assert [request.retry_attempt for request in connected.requests] == [0, 1, 2, 3]
    assert [request.retry_reason for request in connected.requests] == ["", "timeout", "timeout", "timeout"]
    assert len({request.payload["event_id"] for request in connected.requests}) == 1
    assert len({request.envelope_id for request in connected.requests}) == 4


def test_an_event_without_a_connection_waits_for_one(
    sandbox: Sandbox, app: Installed, token: str, general: Room, lee: Actor
) -> None:
    lee.says(general, "nobody is there")
    wait_for(lambda: len(sandbox.deliveries("event")) >= 2)
    with connected_app(sandbox, token) as connected:
        sandbox.advance(60)
        (request,) = wait_for(lambda: connected.of("events_api"))
        assert (request.retry_attempt, request.retry_reason) == (2, "connection_failed")


def test_each_envelope_goes_to_one_connection_round_about(
    sandbox: Sandbox, token: str, general: Room, lee: Actor
) -> None:
    with connected_app(sandbox, token) as one, connected_app(sandbox, token) as other:
        assert (one.hellos[0]["num_connections"], other.hellos[0]["num_connections"]) == (1, 2)
        for number in range(6):
            lee.says(general, str(number))
        wait_for(lambda: len(one.texts()) + len(other.texts()) == 6)
        assert (len(one.texts()), len(other.texts())) == (3, 3)
        assert sorted(one.texts() + other.texts()) == [str(number) for number in range(6)]


@pytest.mark.parametrize("how", ["event", "command"])
def test_what_a_closing_connection_did_not_acknowledge_goes_over_another(
    sandbox: Sandbox, app: Installed, token: str, general: Room, lee: Actor, how: str
) -> None:
    with connect(opened(sandbox, token)) as leaving, connected_app(sandbox, token) as staying:
        said(leaving)
        staying.answer = lambda request: {"text": "here"} if request.type == "slash_commands" else None
        acts = {
            "event": lambda: lee.does("say", channel=general.id, text="first"),
            "command": lambda: lee.runs("/incident", "", general).text,
        }
        with meanwhile(acts[how]) as found:
            envelope = said(leaving)
            leaving.close()
        again = wait_for(lambda: staying.requests)[0]
        assert again.payload == envelope["payload"]
        if how == "event":
            assert (again.retry_attempt, again.retry_reason) == (1, "connection_failed")
        else:
            assert found == ["here"]


def test_an_app_has_ten_connections_at_most(sandbox: Sandbox, app: Installed, token: str) -> None:
    with ExitStack() as stack:
        for _ in range(10):
            said(stack.enter_context(connect(opened(sandbox, token))))
        assert len(sandbox.connections(app.id)) == 10
        eleventh = stack.enter_context(connect(opened(sandbox, token)))
        assert said(eleventh) == {
            "type": "disconnect",
            "reason": "too_many_websockets",
            "debug_info": {"host": "applink-sandbox"},
        }
        with pytest.raises(ConnectionClosed):
            eleventh.recv(timeout=5)
    wait_for(lambda: not sandbox.connections(app.id))


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
def test_a_client_that_is_told_to_go_comes_back(
    sandbox: Sandbox, app: Installed, connected: ConnectedApp, general: Room, lee: Actor, reason: str
) -> None:
    (before,) = sandbox.connections(app.id)
    sandbox.disconnect(app.id, reason)
    wait_for(lambda: connected.disconnects == [reason])
    wait_for(lambda: before["id"] not in [each["id"] for each in sandbox.connections(app.id)])
    wait_for(lambda: len(connected.hellos) == 2)
    lee.says(general, "still there?")
    wait_for(lambda: connected.texts() == ["still there?"])


def test_connections_are_refreshed_by_the_clock(sandbox: Sandbox, app: Installed, token: str) -> None:
    with connect(opened(sandbox, token)) as connection:
        said(connection)
        sandbox.advance(3590)
        assert said(connection)["reason"] == "warning"
        sandbox.advance(10)
        assert said(connection)["reason"] == "refresh_requested"
        with pytest.raises(ConnectionClosed):
            connection.recv(timeout=5)
    with connect(opened(sandbox, token) + "&debug_reconnects=true") as connection:
        assert said(connection)["debug_info"]["approximate_connection_time"] == 360


def test_what_was_sent_before_a_refresh_may_still_be_acknowledged(
    sandbox: Sandbox, app: Installed, token: str, general: Room, lee: Actor
) -> None:
    with connect(opened(sandbox, token)) as connection:
        said(connection)
        lee.does("say", channel=general.id, text="just before")
        envelope = said(connection)
        connection.send(json.dumps({"envelope_id": "unknown"}))
        connection.send("not even JSON")
        with meanwhile(lambda: sandbox.disconnect(app.id)):
            assert said(connection)["reason"] == "refresh_requested"
            connection.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    assert [delivery["outcome"] for delivery in sandbox.deliveries("event")][-1] == "ok"


def test_a_cut_connection_comes_back(sandbox: Sandbox, app: Installed, connected: ConnectedApp) -> None:
    sandbox.cut(app.id)
    wait_for(lambda: len(connected.hellos) == 2)
    assert len(sandbox.connections(app.id)) == 1


def test_socket_mode_is_switched_off_and_on(
    sandbox: Sandbox, app: Installed, token: str, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    with pytest.raises(Refused, match="no URL to verify"):
        sandbox.verify(app.id)
    with connect(opened(sandbox, token)) as connection:
        said(connection)
        sandbox.socket_mode(app.id, on=False)
        assert said(connection)["reason"] == "link_disabled"
    with connect(opened(sandbox, token)) as connection:
        assert said(connection)["reason"] == "link_disabled"
    lee.says(general, "over HTTP again")
    assert listener.event("message")["text"] == "over HTTP again"
    sandbox.socket_mode(app.id)
    with connect(opened(sandbox, token)) as connection:
        assert said(connection)["type"] == "hello"


def test_an_uninstalled_app_is_disconnected(sandbox: Sandbox, app: Installed, token: str) -> None:
    with connect(opened(sandbox, token)) as connection:
        said(connection)
        sandbox.uninstall(app.id)
        assert said(connection)["reason"] == "link_disabled"


def test_pings_are_answered_and_asked_for() -> None:
    with running_sandbox(ping_seconds=0.1) as sandbox:
        token = sandbox.app("Helper", socket_mode=True)["app_token"]
        with connect(opened(sandbox, token)) as connection, silent_connection(opened(sandbox, token)) as silent:
            assert said(connection)["type"] == "hello"
            assert connection.ping().wait(5), "a ping is answered"
            while silent.recv(4096):
                """Never answer, until the sandbox gives up."""
            assert len(sandbox.connections("Helper")) == 1, "who answers pings stays"


def test_bolt_runs_over_the_socket(
    sandbox: Sandbox, app: Installed, token: str, general: Room, lee: Actor, workspace: Workspace
) -> None:
    known = AuthorizeResult(
        enterprise_id=None, team_id=None, bot_token=app.client.token, bot_id=app.settings["bot_id"], bot_user_id=app.bot
    )
    bolt = App(client=WebClient(base_url=sandbox.api_url), authorize=lambda: known)

    @bolt.command("/incident")
    def declare(ack: Any, command: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=FORM)

    @bolt.view(FORM["callback_id"])
    def submitted(ack: Any, client: WebClient) -> None:
        ack()
        client.chat_postMessage(channel=general.id, text="declared")

    @bolt.event("app_mention")
    def mentioned(event: Json, say: Any) -> None:
        say(f"hello <@{event['user']}>")

    @bolt.event("message")
    def heard() -> None:
        """Nothing to say."""

    handler = SocketModeHandler(bolt, token)
    handler.connect()
    wait_for(lambda: sandbox.connections(app.id))
    try:
        lee.runs("/incident", "", general)
        assert lee.submits({"Severity": "Minor"}) == {}
        lee.waits_for(general, "declared")
        lee.says(general, f"<@{app.bot}> hi")
        lee.waits_for(general, f"hello {lee.mention}")
    finally:
        handler.close()
