"""What the sandbox does wrong when it is told to, and what it remembers."""

import http.client
import time
from contextlib import suppress
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox.faults import KINDS, MANGLED
from slack_sandbox.testing import Actor, Refused, Room, Sandbox, Workspace, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Request
from tests.sandbox.test_views import FORM


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


def test_a_refused_connection_is_no_answer_and_no_act(
    client: Any, app: Installed, sandbox: Sandbox, general: Room
) -> None:
    sandbox.fault("refused", "chat.postMessage", times=1)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        client.chat_postMessage(channel=general.id, text="never said")
    assert "never said" not in texts(app, general)
    call = sandbox.calls("chat.postMessage")[-1]
    assert (call["done"], call["status"], call["fault"]) == (False, None, "refused")
    assert call["args"]["text"] == "never said", "what was asked is known all the same"


@pytest.mark.parametrize("how", MANGLED)
def test_a_malformed_answer_was_an_act_all_the_same(
    client: Any, app: Installed, sandbox: Sandbox, general: Room, how: str
) -> None:
    sandbox.fault("malformed", "chat.postMessage", times=1, how=how)
    arguments = {"channel": general.id, "text": "said once"}
    token = {"Authorization": f"Bearer {client.token}"}
    answer = httpx.post(f"{sandbox.api_url}chat.postMessage", data=arguments, headers=token)
    assert answer.status_code == 200
    with pytest.raises((ValueError, AttributeError)):
        answer.json().items()
    assert texts(app, general).count("said once") == 1
    call = sandbox.calls("chat.postMessage")[-1]
    assert (call["done"], call["lost"], call["answer"]["ok"]) == (True, True, True)


def test_slack_sdk_raises_what_it_raises_for_a_malformed_answer(client: Any, sandbox: Sandbox) -> None:
    sandbox.fault("malformed", "auth.test", how="html")
    with pytest.raises(SlackApiError, match="non-JSON"):
        client.auth_test()


def test_a_fault_may_concern_one_channel(
    client: Any, sandbox: Sandbox, general: Room, workspace: Workspace, app: Installed
) -> None:
    other = workspace.channel("other", app.bot)
    sandbox.fault("error", "chat.*", channel="#general", status=500)
    assert client.chat_postMessage(channel=other.id, text="x")["ok"]
    for reference in (general.id, "general"):
        with pytest.raises(SlackApiError):
            client.chat_postMessage(channel=reference, text="x")


@pytest.mark.usefixtures("unlimited")
def test_chance_falls_the_same_with_the_same_seed(client: Any, sandbox: Sandbox, general: Room) -> None:
    sandbox.fault("error", "chat.postMessage", status=500, chance=0.5)

    def fates() -> list[bool]:
        since = sandbox.seq()
        for _ in range(30):
            with suppress(SlackApiError):
                client.chat_postMessage(channel=general.id, text="x")
        return [call["done"] for call in sandbox.calls("chat.postMessage", since=since)]

    sandbox.seed(7)
    first = fates()
    sandbox.seed(7)
    assert fates() == first
    assert 5 < sum(first) < 25
    sandbox.seed(8)
    assert fates() != first
    assert sandbox.faults()[0]["struck"] > 10


def test_a_response_url_fails_like_a_method(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    since = sandbox.seq()
    lee.runs("/incident", "", general)
    url = listener.to("/commands")[0].form["response_url"]
    sandbox.fault("ratelimit", "response_url", channel="general", times=1, retry_after=3)
    answer = httpx.post(url, json={"text": "hello"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    sandbox.fault("lost", "response_url", times=1)
    with pytest.raises(httpx.TransportError):
        httpx.post(url, json={"text": "hello"})
    lee.waits_for(general, "hello")
    limited, lost = sandbox.calls("response_url", since=since)
    assert (limited["limited"], limited["done"], lost["lost"], lost["done"]) == (True, False, True, True)


def test_opening_a_form_may_be_slow_or_lost(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    client = WebClient(app.client.token, sandbox.api_url, timeout=1, retry_handlers=[])

    def open_form(request: Request) -> None:
        with suppress(SlackApiError, http.client.HTTPException, ConnectionError):
            client.views_open(trigger_id=request.form["trigger_id"], view=FORM)

    listener.answers["/commands"] = open_form
    sandbox.fault("error", "views.open", times=1)
    assert lee.runs("/incident", "", general).modals == []
    sandbox.fault("lost", "views.open", times=1)
    assert len(lee.runs("/incident", "", general).modals) == 1


def test_an_unknown_fault_is_explained(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match=", ".join(KINDS)):
        sandbox.fault("gremlins")
    with pytest.raises(Refused, match=r"a fault has no gravity\. It has kind, match, channel, chance"):
        sandbox.fault("error", gravity=9.81)
    with pytest.raises(Refused, match="between 0 and 1"):
        sandbox.fault("error", chance=50)
    with pytest.raises(Refused, match="truncated, html, empty, list"):
        sandbox.fault("malformed", how="badly")
    with pytest.raises(Refused, match="off, slack, distributed"):
        sandbox.settings(limits="some")
    with pytest.raises(Refused, match="no such setting: ack_second"):
        sandbox.settings(ack_second=1)


def test_time_moves_when_told(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    before = lee.says(general, "today")
    sandbox.advance(86_400)
    after = lee.says(general, "tomorrow")
    assert 86_400 <= float(after.ts) - float(before.ts) < 86_500
    assert wait_for(lambda: sandbox.now() - float(after.ts) < 60)
