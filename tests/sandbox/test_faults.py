"""What the sandbox does wrong when it is told to, and what it remembers."""

import http.client
import threading
import time
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.testing import Actor, Refused, Room, Sandbox, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp


@pytest.fixture
def client(app: Installed) -> Any:
    """A client that does not try again on its own."""
    app.client.retry_handlers.clear()
    return app.client


def texts(app: Installed, channel: Room) -> list[str]:
    return [message["text"] for message in app.client.conversations_history(channel=channel.id)["messages"]]


def test_a_limited_method_says_when_to_come_back(client: Any, sandbox: Sandbox, general: Room) -> None:
    sandbox.fault("ratelimit", "chat.postMessage", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as raised:
            client.chat_postMessage(channel=general.id, text="x")
        assert raised.value.response.status_code == 429
        assert raised.value.response.headers["Retry-After"] == "7"
        assert client.auth_test()["ok"], "other methods are not limited"
    assert client.chat_postMessage(channel=general.id, text="x")["ok"]


def test_a_broken_slack_does_nothing(client: Any, app: Installed, sandbox: Sandbox, general: Room) -> None:
    sandbox.fault("error", "chat.*", times=1, status=502)
    with pytest.raises(SlackApiError) as raised:
        client.chat_postMessage(channel=general.id, text="never said")
    assert raised.value.response.status_code == 502
    assert "never said" not in texts(app, general)


@pytest.mark.parametrize("how", [{}, {"status": 500}])
def test_a_lost_answer_was_an_act_all_the_same(
    client: Any, app: Installed, sandbox: Sandbox, general: Room, how: dict[str, int]
) -> None:
    sandbox.fault("lost", "chat.postMessage", times=1, **how)
    with pytest.raises((SlackApiError, http.client.HTTPException, ConnectionError)):
        client.chat_postMessage(channel=general.id, text="said once")
    assert texts(app, general).count("said once") == 1
    assert [call["lost"] for call in sandbox.calls("chat.postMessage")][-1] is True


def test_a_slow_slack_takes_its_time(client: Any, sandbox: Sandbox) -> None:
    sandbox.fault("latency", ms=60)
    began = time.monotonic()
    client.auth_test()
    assert time.monotonic() - began >= 0.06
    sandbox.clear_faults()
    client.auth_test()
    slow, quick = (call["ms"] for call in sandbox.calls("auth.test")[-2:])
    assert slow >= 60 > quick


def test_events_are_lost_doubled_and_late(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.fault("event_lost", "message", times=1)
    lee.says(general, "lost")
    sandbox.fault("event_doubled", "message", times=1)
    lee.says(general, "doubled")
    sandbox.settle()
    assert [event["text"] for event in listener.events("message")] == ["doubled", "doubled"]
    assert len({request.payload["event_id"] for request in listener.to("/events")}) == 1
    sandbox.settings(patience_seconds=0.01)
    sandbox.fault("event_late", "message", times=1, ms=150)
    lee.says(general, "late")
    lee.says(general, "later")
    sandbox.settle()
    assert [event["text"] for event in listener.events("message")][2:] == ["later", "late"]


def test_an_unknown_fault_is_explained(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="latency, ratelimit, error, lost"):
        sandbox.fault("gremlins")
    with pytest.raises(Refused, match="no such setting: ack_second"):
        sandbox.settings(ack_second=1)


def test_the_journal_has_every_request_and_delivery(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    since = sandbox.seq()
    posted = app.client.chat_postMessage(channel=general.id, text="hello")
    sandbox.settle()
    entries = sandbox.journal(since)
    assert [entry["seq"] for entry in entries] == list(range(since + 1, since + 1 + len(entries)))
    (call,) = sandbox.calls("chat.postMessage", since=since)
    assert (call["args"]["text"], call["answer"]["ts"], call["status"]) == ("hello", posted["ts"], 200)
    assert "token" not in call["args"]
    (delivery,) = sandbox.deliveries("event", since=since)
    assert (delivery["outcome"], delivery["status"], delivery["app_id"]) == ("ok", 200, app.id)
    assert delivery["payload"]["event"]["ts"] == posted["ts"]


def test_one_can_wait_for_the_journal(app: Installed, sandbox: Sandbox) -> None:
    since = sandbox.seq()
    found: list[Any] = []
    with Sandbox(sandbox.url) as other:
        waiting = threading.Thread(target=lambda: found.extend(other.journal(since, wait=5)))
        waiting.start()
        app.client.auth_test()
        waiting.join(2)
    assert [entry["method"] for entry in found] == ["auth.test"]


def test_time_moves_when_told(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    before = lee.says(general, "today")
    sandbox.advance(86_400)
    after = lee.says(general, "tomorrow")
    assert 86_400 <= float(after.ts) - float(before.ts) < 86_500
    assert wait_for(lambda: sandbox.now() - float(after.ts) < 60)
