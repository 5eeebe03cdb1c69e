"""How requests to apps end, and many of them at once."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Reply

Json = dict[str, Any]


@pytest.fixture
def rude_server() -> Iterator[str]:
    """A server that hangs up on everybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)


def outcome(sandbox: Sandbox, app: Installed, url: str) -> tuple[str, int | None]:
    """How a handshake with this address ends."""
    sandbox.app("Helper", events_url=url)
    sandbox.verify(app.id)
    delivery = sandbox.deliveries("url_verification")[-1]
    return delivery["outcome"], delivery["status"]


def test_every_end_has_slacks_word(app: Installed, sandbox: Sandbox, listener: ListeningApp, rude_server: str) -> None:
    listener.answers["/gone"] = lambda _: Reply(status=410)
    assert outcome(sandbox, app, f"{listener.url}/fine?and=more") == ("ok", 200)
    assert listener.to("/fine?and=more")
    assert outcome(sandbox, app, f"{listener.url}/gone") == ("http_error", 410)
    assert outcome(sandbox, app, rude_server) == ("connection_failed", None)
    assert outcome(sandbox, app, "http://127.0.0.1:1/") == ("connection_failed", None)
    assert outcome(sandbox, app, listener.url.replace("http:", "https:")) == ("ssl_error", None)
    assert outcome(sandbox, app, "ftp://127.0.0.1/") == ("unknown_error", None)
    sandbox.settings(ack_seconds=0.05)
    listener.answers["/slow"] = lambda _: Reply(after=0.2)
    assert outcome(sandbox, app, f"{listener.url}/slow") == ("http_timeout", None)


def test_two_redirects_are_followed(app: Installed, sandbox: Sandbox, listener: ListeningApp) -> None:
    for here, there in (("/one", "/two"), ("/two", f"{listener.url}/three")):
        listener.answers[here] = lambda _, there=there: Reply(status=302, headers=(("Location", there),))
    assert outcome(sandbox, app, f"{listener.url}/one") == ("ok", 200)
    assert len(listener.to("/three")) == 1
    listener.answers["/three"] = lambda _: Reply(status=301, headers=(("Location", "/four"),))
    assert outcome(sandbox, app, f"{listener.url}/one") == ("too_many_redirects", None)


def test_many_people_say_much_at_once(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, workspace: Workspace, lee: Actor, rae: Actor
) -> None:
    rooms = [workspace.channel(f"inc-{number}", lee, rae, app.bot).id for number in range(20)]
    sandbox.settle()
    listener.requests = []
    sandbox.fault("event_doubled", "message", chance=0.1)
    sandbox.fault("attempt_lost", "message", chance=0.1)
    sandbox.settings(retry_scale=0.001)
    acts = [
        {"as": ("lee", "rae")[number % 2], "do": "say", "channel": rooms[number % 20], "text": str(number)}
        for number in range(400)
    ]
    done = sandbox.acts([*acts, {"as": "nobody", "do": "say"}])
    assert (done[-1]["ok"], done[-1]["error"]) == (False, "user_not_found")
    assert len({one["ts"] for one in done[:-1]}) == 400
    ids = [one["event_ids"] for one in done[:-1]]
    assert {len(each) for each in ids} == {1}
    wait_for(lambda: not sandbox.open_events(), timeout=20)
    came = Counter(request.payload["event_id"] for request in listener.to("/events"))
    assert set(came) == {event_id for (event_id,) in ids}, "nothing is lost"
    assert max(came.values()) == 2, "some came twice"
    outcomes = {event["event_id"]: event for event in sandbox.outcomes("message")}
    assert all(outcomes[event_id]["delivered"] for event_id in came)


def test_an_act_says_which_events_it_caused(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    (said,) = sandbox.acts([{"as": "lee", "do": "say", "channel": "general", "text": f"<@{app.bot}> hello"}])
    sandbox.settle()
    caused = [event for event in sandbox.outcomes() if event["event_id"] in said["event_ids"]]
    assert sorted(event["type"] for event in caused) == ["app_mention", "message"]
    assert {event["event"]["ts"] for event in caused} == {said["ts"]}


def test_an_app_has_so_many_events_an_hour(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    assert sandbox.settings()["events_per_hour"] == 30_000, "Slack's own number"
    sandbox.advance(3601)  # so that what has come by now does not count
    sandbox.settings(limits="slack", events_per_hour=2)
    for text in ("one", "two", "three", "four"):
        lee.says(general, text)
    sandbox.settle()
    assert [event["text"] for event in listener.events("message")] == ["one", "two"]
    told = wait_for(lambda: [each for each in listener.to("/events") if each.payload["type"] == "app_rate_limited"])
    notices = [request.payload for request in told]
    assert len(notices) == 1, "one a minute"
    assert notices[0].keys() == {"token", "type", "team_id", "minute_rate_limited", "api_app_id"}
    assert notices[0]["minute_rate_limited"] % 60 == 0
    assert [outcome["state"] for outcome in sandbox.outcomes("message")].count("rate_limited") == 2
    sandbox.advance(3601)
    lee.says(general, "five")
    sandbox.settle()
    assert listener.events("message")[-1]["text"] == "five"
