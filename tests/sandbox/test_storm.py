"""Everything goes wrong at once, and the journal still says what happened."""

from contextlib import suppress
from http.client import HTTPException
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from slack_sandbox.faults import TO_CALLS
from slack_sandbox.testing import Actor, Room, Sandbox, Workspace, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.connecting import connected_app
from tests.sandbox.listening import ListeningApp

Json = dict[str, Any]
STORM = {
    "event_lost": {"chance": 0.05},
    "event_late": {"chance": 0.1, "ms": 50},
    "event_doubled": {"chance": 0.1, "ms": 5},
    "event_reordered": {"chance": 0.1, "ms": 50},
    "attempt_lost": {"chance": 0.1},
    "connection_cut": {"chance": 0.01},
}
WHAT_SLACK_SDK_RAISES = (SlackApiError, SlackRequestError, HTTPException, ConnectionError, AttributeError)
"""The last for an answer that is JSON but no object."""


@pytest.fixture
def rooms(workspace: Workspace, app: Installed, lee: Actor, sandbox: Sandbox) -> list[Room]:
    made = [workspace.channel(f"inc-{number}", lee, app.bot) for number in range(10)]
    sandbox.settle()
    return made


def storm(sandbox: Sandbox, rooms: list[Room]) -> list[Json]:
    """Say 200 things; returns what became of the events."""
    for kind, how in STORM.items():
        sandbox.fault(kind, "message", **how)
    sandbox.settings(retry_scale=0.02)
    acts = [{"as": "lee", "do": "say", "channel": rooms[n % 10].id, "text": str(n)} for n in range(200)]
    since = sandbox.seq()
    caused = [event_id for done in sandbox.acts(acts) for event_id in done["event_ids"]]
    wait_for(lambda: not sandbox.open_events(), timeout=30)
    outcomes = sandbox.outcomes("message", since=since)
    assert sorted(each["event_id"] for each in outcomes) == sorted(caused), "each event has one end"
    return outcomes


def check(outcomes: list[Json], came: list[str]) -> None:
    """What Slack believes delivered has come; what a fault swallowed has not."""
    delivered = {each["event_id"] for each in outcomes if each["delivered"]}
    lost = {each["event_id"] for each in outcomes if each["state"] == "lost"}
    assert delivered <= set(came)
    assert not lost & set(came)
    assert len(lost) > 0
    assert len(delivered) + len(lost) == len(outcomes)
    assert len(came) > len(set(came)), "some came twice"


def test_every_event_is_accounted_for_over_http(sandbox: Sandbox, rooms: list[Room], listener: ListeningApp) -> None:
    listener.requests = []
    outcomes = storm(sandbox, rooms)
    check(outcomes, [request.payload["event_id"] for request in listener.to("/events")])


def test_every_event_is_accounted_for_over_websockets(sandbox: Sandbox, rooms: list[Room], app: Installed) -> None:
    sandbox.socket_mode(app.id)
    token = str(app.settings["app_token"])
    with connected_app(sandbox, token) as one, connected_app(sandbox, token) as other:
        outcomes = storm(sandbox, rooms)
        check(outcomes, [request.payload["event_id"] for request in one.of("events_api") + other.of("events_api")])


@pytest.mark.usefixtures("unlimited")
def test_every_call_is_accounted_for(sandbox: Sandbox, rooms: list[Room], app: Installed) -> None:
    app.client.retry_handlers.clear()
    sandbox.seed(3)
    for kind in TO_CALLS:
        sandbox.fault(kind, "chat.postMessage", chance=0.15)
    since = sandbox.seq()
    told: set[str] = set()
    for number in range(150):
        with suppress(*WHAT_SLACK_SDK_RAISES):
            if app.client.chat_postMessage(channel=rooms[number % 10].id, text=str(number))["ok"]:
                told.add(str(number))
    calls = sandbox.calls("chat.postMessage", since=since)
    assert [call["args"]["text"] for call in calls] == [str(number) for number in range(150)]
    said = {message["text"] for room in rooms for message in sandbox.messages(room.id)}
    assert {call["args"]["text"] for call in calls if call["done"]} == said & {str(number) for number in range(150)}
    assert {call["args"]["text"] for call in calls if call["done"] and not call["lost"]} == told
    assert {call["fault"] for call in calls} == {None, "ratelimit", "error", "refused", "lost", "malformed"}
    assert sum(sandbox.summary()["calls"]["chat.postMessage"].values()) == 150
