"""The journal: everything, in order, whatever there is of it."""

import json
import threading
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.journal import Journal
from slack_sandbox.testing import Actor, Room, Sandbox, running_sandbox, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Reply

Json = dict[str, Any]


def test_it_has_every_request_and_delivery(app: Installed, sandbox: Sandbox, general: Room) -> None:
    since = sandbox.seq()
    posted = app.client.chat_postMessage(channel=general.id, text="hello")
    sandbox.settle()
    entries = sandbox.journal(since)
    assert [entry["seq"] for entry in entries] == list(range(since + 1, since + 1 + len(entries)))
    (call,) = sandbox.calls("chat.postMessage", since=since)
    assert (call["args"]["text"], call["answer"]["ts"], call["status"]) == ("hello", posted["ts"], 200)
    assert (call["channel"], call["done"], call["lost"], call["limited"]) == (general.id, True, False, False)
    assert "token" not in call["args"]
    (delivery,) = sandbox.deliveries("event", since=since)
    assert (delivery["outcome"], delivery["status"], delivery["app_id"]) == ("ok", 200, app.id)
    assert delivery["payload"]["event"]["ts"] == posted["ts"]
    (event,) = sandbox.outcomes("message", since=since)
    assert (event["event_id"], event["delivered"]) == (delivery["event_id"], True)
    assert (event["channel"], event["ts"]) == (general.id, posted["ts"])


def test_a_refused_act_is_not_done(app: Installed, sandbox: Sandbox) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        app.client.chat_postMessage(channel="C0NOWHERE", text="x")
    call = sandbox.calls("chat.postMessage")[-1]
    assert (call["done"], call["answer"]["error"], call["channel"]) == (False, "channel_not_found", None)


def test_one_can_wait_for_it(app: Installed, sandbox: Sandbox) -> None:
    since = sandbox.seq()
    found: list[Any] = []
    with Sandbox(sandbox.url) as other:
        waiting = threading.Thread(target=lambda: found.extend(other.journal(since, wait=5, method="auth.test")))
        waiting.start()
        app.client.api_test()
        app.client.auth_test()
        waiting.join(2)
    assert [entry["method"] for entry in found] == ["auth.test"]


def test_little_is_in_memory_and_nothing_lost(app: Installed, sandbox: Sandbox) -> None:
    since = sandbox.seq()
    for number in range(30):
        app.client.api_test(number=number)
    everything = sandbox.journal(since)
    sandbox.settings(journal_kept=5)
    app.client.api_test(number=30)
    assert sandbox.journal(since)[:-1] == everything
    assert [call["args"]["number"] for call in sandbox.calls(since=since)] == [str(number) for number in range(31)]


def test_a_hundred_thousand_entries_are_kept() -> None:
    journal = Journal(kept=lambda: 100)
    for number in range(100_000):
        journal.add("connection", 0.0, number=number)
    pages = [journal.since(seq, 5000) for seq in range(0, 100_000, 5000)]
    assert [entry["number"] for page in pages for entry in page] == list(range(100_000))
    assert journal.since(99_990, 5000) == journal.since(99_990, 10)
    assert journal.since(100_000, 10) == []


def test_reading_and_writing_take_turns(tmp_path: Path) -> None:
    for journal in (Journal(kept=lambda: 1), Journal(tmp_path / "journal.jsonl", kept=lambda: 1)):
        for number in range(300):
            journal.add("connection", 0.0, number=number, text="é\u2028\n" * (number % 7))
            assert [entry["number"] for entry in journal.since(number // 2, 50)] == list(
                range(number // 2, min(number + 1, number // 2 + 50))
            )


def test_it_is_read_by_page_and_by_field(app: Installed, sandbox: Sandbox, general: Room) -> None:
    since = sandbox.seq()
    for number in range(5):
        app.client.chat_postMessage(channel=general.id, text=str(number))
    sandbox.settle()
    page = sandbox._get("/journal", {"since": since, "limit": 3})
    assert (len(page["entries"]), page["seq"], page["more"]) == (3, since + 3, True)
    posts = sandbox.journal(since, method="chat.postMessage", channel=general.id)
    assert [call["args"]["text"] for call in posts] == ["0", "1", "2", "3", "4"]
    one = sandbox.outcomes(since=since)[2]["event_id"]
    assert {entry["kind"] for entry in sandbox.journal(since, event_id=one)} == {"delivery", "event"}


def test_it_is_summed_up(app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor) -> None:
    client = app.client
    client.retry_handlers.clear()
    before = sandbox.summary()
    sandbox.fault("ratelimit", "chat.postMessage", times=1)
    sandbox.fault("lost", "chat.postMessage", times=1, status=500)
    sandbox.fault("refused", "chat.update", times=1)
    for call in (client.chat_postMessage, client.chat_postMessage, client.chat_postMessage, client.chat_update):
        with suppress(SlackApiError, HTTPException, ConnectionError):
            call(channel=general.id, ts="1.0", text="x")
    sandbox.settle()
    listener.answers["/events"] = lambda _: Reply(status=500, headers=(("x-slack-no-retry", "1"),))
    lee.says(general, "never taken")
    summary = wait_for(lambda: now if (now := sandbox.summary())["events"].get("given_up") else None)
    assert summary["calls"]["chat.postMessage"] == {"limited": 1, "lost": 1, "ok": 1}
    assert summary["calls"]["chat.update"] == {"refused": 1}
    assert summary["events"]["delivered"] - before["events"]["delivered"] == 2
    assert summary["deliveries"]["event"]["http_error"] == 1
    assert summary["open"] == 0


def test_what_waits_for_a_retry_is_open(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    listener.answers["/events"] = lambda _: Reply(status=500)
    lee.says(general, "anybody?")
    sandbox.settle()
    (event,) = sandbox.open_events()
    assert (event["delivered"], len(event["attempts"]), event["event"]["text"]) == (False, 2, "anybody?")
    sandbox.reset()
    assert sandbox.open_events() == []
    assert sandbox.outcomes()[-1]["state"] == "forgotten"


def test_it_is_written_to_a_file_and_continued(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    with running_sandbox(journal=file) as sandbox:
        sandbox.app("Helper", events_url="http://127.0.0.1:1/")
        sandbox.person("lee")
        sandbox.settle()
        seq = sandbox.seq()
    entries = [json.loads(line) for line in file.read_text().splitlines()]
    assert [entry["seq"] for entry in entries][:seq] == list(range(1, seq + 1))
    assert {"delivery", "event"} <= {entry["kind"] for entry in entries}
    with file.open("a") as torn:
        torn.write('{"seq": 99')
    with running_sandbox(journal=file) as sandbox:
        assert sandbox.seq() == len(entries)
        assert sandbox.journal() == entries


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("buy milk\n")
    with pytest.raises(ValueError, match="no journal: line 1"):
        Journal(file, kept=lambda: 10)
    assert file.read_text() == "buy milk\n"
