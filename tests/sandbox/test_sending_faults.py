"""What goes wrong with what the sandbox sends: events, commands, interactions."""

import threading
from typing import Any

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.connecting import connected_app
from tests.sandbox.listening import ListeningApp, Reply
from tests.sandbox.test_views import FORM

Json = dict[str, Any]


def heard(listener: ListeningApp) -> list[str]:
    return [event["text"] for event in listener.events("message")]


def ended(sandbox: Sandbox, channel: Room, text: str) -> Json:
    """What became of the message with this text, waited for."""

    def found() -> Json | None:
        ends = sandbox.journal(kind="event", channel=channel.id)
        return next((entry for entry in ends if entry["event"].get("text") == text), None)

    return wait_for(found)


def test_a_lost_event_never_comes(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.fault("event_lost", "message", times=1)
    lee.says(general, "lost")
    lee.says(general, "kept")
    lost, kept = ended(sandbox, general, "lost"), ended(sandbox, general, "kept")
    assert heard(listener) == ["kept"]
    assert (lost["state"], lost["delivered"], lost["attempts"]) == ("lost", False, [])
    assert (kept["state"], kept["delivered"], kept["attempts"][0]["outcome"]) == ("delivered", True, "ok")


def test_a_doubled_event_comes_as_a_retry(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.fault("event_doubled", "message", times=1)
    lee.says(general, "twice")
    sandbox.settle()
    first, second = sorted(listener.to("/events"), key=lambda request: request.headers.get("x-slack-retry-num", "0"))
    assert first.payload == second.payload
    assert "x-slack-retry-num" not in first.headers
    assert (second.headers["x-slack-retry-num"], second.headers["x-slack-retry-reason"]) == ("1", "http_timeout")
    assert [attempt["retry"] for attempt in sorted_attempts(ended(sandbox, general, "twice"))] == [0, 1]


def sorted_attempts(event: Json) -> list[Json]:
    return sorted(event["attempts"], key=lambda attempt: attempt["retry"])


def test_a_double_may_come_much_later(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.fault("event_doubled", "message", times=1, ms=3_600_000)
    lee.says(general, "again in an hour")
    wait_for(lambda: heard(listener) == ["again in an hour"])
    sandbox.advance(3600)
    wait_for(lambda: heard(listener) == ["again in an hour"] * 2)


def test_a_late_event_is_overtaken(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.fault("event_late", "message", times=1, ms=60_000)
    lee.says(general, "late")
    lee.says(general, "later")
    wait_for(lambda: heard(listener) == ["later"])
    sandbox.advance(60)
    wait_for(lambda: heard(listener) == ["later", "late"])


def test_an_event_lets_the_next_of_its_channel_pass(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.fault("event_reordered", "message", channel="general", times=1, ms=5000)
    for text in ("one", "two", "three"):
        lee.does("say", channel=general.id, text=text)
    wait_for(lambda: len(heard(listener)) == 3)
    assert heard(listener) == ["two", "one", "three"]
    sandbox.fault("event_reordered", "message", times=1, ms=10)
    lee.says(general, "alone")
    wait_for(lambda: heard(listener)[3:] == ["alone"])


def test_a_lost_attempt_is_tried_again(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(retry_after=[0, 0.2, 1], retry_scale=0.1)
    sandbox.fault("attempt_lost", "message", times=2)
    lee.says(general, "third time lucky")
    (request,) = wait_for(lambda: listener.to("/events"))
    assert request.headers["x-slack-retry-num"] == "2"
    assert request.headers["x-slack-retry-reason"] == "connection_failed"
    event = ended(sandbox, general, "third time lucky")
    assert [attempt["outcome"] for attempt in event["attempts"]] == ["connection_failed", "connection_failed", "ok"]
    assert [attempt["fault"] for attempt in event["attempts"]] == ["attempt_lost", "attempt_lost", None]
    assert event["delivered"] is True


def test_what_is_never_taken_is_given_up(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(retry_scale=0)
    listener.answers["/events"] = lambda _: Reply(status=503)
    lee.says(general, "never taken")
    event = ended(sandbox, general, "never taken")
    assert (event["state"], event["delivered"], len(event["attempts"])) == ("given_up", False, 4)


def test_delayed_events_are_tried_every_hour_for_a_day(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.app("Helper", delayed_events=True)
    sandbox.settings(retry_scale=0)
    listener.answers["/events"] = lambda request: Reply(status=503 if len(listener.to("/events")) < 10 else 200)
    lee.says(general, "taken hours later")
    event = ended(sandbox, general, "taken hours later")
    assert (event["delivered"], len(event["attempts"])) == (True, 11)


def test_subscriptions_stop_when_nearly_everything_fails(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(retry_after=[], disable_minimum=10)
    sandbox.advance(3600)  # what went well while the app was installed is long ago
    listener.answers["/events"] = lambda _: Reply(status=500)
    for number in range(10):
        lee.does("say", channel=general.id, text=str(number))
    switched = wait_for(lambda: [each for each in sandbox.journal() if each["kind"] == "subscriptions"])
    assert (switched[-1]["enabled"], switched[-1]["failed"], switched[-1]["events"]) == (False, 10, 10)
    listener.answers.clear()
    lee.says(general, "not sent")
    assert ended(sandbox, general, "not sent")["state"] == "disabled"
    sandbox.subscriptions(app.id)
    lee.says(general, "sent again")
    wait_for(lambda: heard(listener)[-1:] == ["sent again"])


def test_a_few_failures_do_not_stop_them(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    since = sandbox.seq()
    sandbox.settings(retry_after=[], disable_minimum=10)
    listener.answers["/events"] = lambda _: Reply(status=500 if len(listener.to("/events")) else 200)
    for number in range(12):
        lee.does("say", channel=general.id, text=str(number))
    wait_for(lambda: len(heard(listener)) == 12)
    assert not [each for each in sandbox.journal(since) if each["kind"] == "subscriptions"]


def test_a_lost_command_is_a_timeout(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(ack_seconds=0.05)
    sandbox.fault("interaction_lost", "command", times=1)
    assert lee.runs("/incident", "", general).failure == "operation_timeout"
    assert listener.to("/commands") == []
    assert sandbox.deliveries("command")[-1]["fault"] == "interaction_lost"
    assert lee.runs("/incident", "", general).failure is None


def test_a_late_command_arrives_all_the_same(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(ack_seconds=0.1)
    sandbox.fault("interaction_late", "command", times=1, ms=300)
    assert lee.runs("/incident", "", general).failure == "operation_timeout"
    assert listener.to("/commands") == []
    wait_for(lambda: len(listener.to("/commands")) == 1)


def test_a_doubled_form_arrives_twice(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    listener.answers["/commands"] = lambda request: app.client.views_open(
        trigger_id=request.form["trigger_id"], view=FORM
    ) and None  # fmt: skip
    lee.runs("/incident", "", general)
    sandbox.fault("interaction_doubled", "view_submission", times=1)
    assert lee.submits({"Severity": "Minor"}) == {}
    first, second = wait_for(lambda: both if len(both := listener.to("/interactions")) == 2 else None)
    assert first.payload == second.payload


def test_a_slow_app_and_a_slow_channel_hold_nobody_else_back(
    app: Installed, install: Any, sandbox: Sandbox, listener: ListeningApp, workspace: Workspace, lee: Actor
) -> None:
    install("Other", channels=["general"], events_url=f"{listener.url}/other")
    slow = workspace.channel("slow", lee, app.bot)
    sandbox.settings(patience_seconds=30)
    held = iter([Reply(after=1.0)])
    listener.answers["/events"] = lambda request: next(held, None)
    lee.does("say", channel=slow.id, text="slow")
    lee.does("say", channel=slow.id, text="behind it")
    lee.does("say", channel="general", text="elsewhere")
    wait_for(lambda: "elsewhere" in heard(listener), timeout=0.9)
    wait_for(lambda: len(listener.to("/other")) >= 2, timeout=0.9)
    others = (request.payload["event"] for request in listener.to("/other"))
    assert "elsewhere" in [event.get("text") for event in others]
    assert "behind it" not in heard(listener)


def test_no_more_requests_are_open_than_the_setting_says(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, workspace: Workspace, lee: Actor
) -> None:
    rooms = [workspace.channel(f"room-{number}", lee, app.bot) for number in range(6)]
    sandbox.settle()
    sandbox.settings(concurrency=2)
    pair, lock = threading.Barrier(2), threading.Lock()
    open_now = most = 0

    def meet(_: Any) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        pair.wait(5)
        with lock:
            open_now -= 1

    listener.answers["/events"] = meet
    for room in rooms:
        lee.does("say", channel=room.id, text="x")
    sandbox.settle()
    assert most == 2


def test_events_are_doubled_over_a_websocket_too(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    sandbox.socket_mode(app.id)
    with connected_app(sandbox, str(app.settings["app_token"])) as connected:
        sandbox.fault("event_doubled", "message", times=1)
        lee.says(general, "hello")
        wait_for(lambda: connected.texts() == ["hello"] * 2)
        assert {request.retry_attempt for request in connected.of("events_api")} == {0, 1}


def test_a_websocket_is_cut_under_an_envelope(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    sandbox.socket_mode(app.id)
    with connected_app(sandbox, str(app.settings["app_token"])) as connected:
        sandbox.settings(retry_after=[0.2, 0.2, 2])
        sandbox.fault("connection_cut", "message", times=1)
        lee.says(general, "cut")
        event = ended(sandbox, general, "cut")
        assert (event["delivered"], event["attempts"][0]["fault"]) == (True, "connection_cut")
        assert event["attempts"][0]["outcome"] == "connection_failed"
        assert connected.texts()[-1] == "cut"
        assert len(connected.hellos) == 2
