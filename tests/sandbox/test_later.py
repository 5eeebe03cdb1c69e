"""Messages that come later, and messages that come bit by bit."""

from pathlib import Path

from slack_sdk import WebClient

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace, running_sandbox
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp
from tests.sandbox.test_messages import error_of


def test_a_scheduled_message_comes_when_its_time_comes(
    app: Installed, sandbox: Sandbox, general: Room, lee: Actor
) -> None:
    due = int(sandbox.now()) + 86_400
    made = app.client.chat_scheduleMessage(channel=general.id, text="Review *tomorrow*", post_at=due)
    (listed,) = app.client.chat_scheduledMessages_list()["scheduled_messages"]
    assert (listed["id"], listed["post_at"], listed["text"]) == (made["scheduled_message_id"], due, "Review *tomorrow*")
    assert "Review" not in [message.text for message in lee.sees(general)]
    sandbox.advance(86_400)
    message = lee.waits_for(general, "Review")
    assert message["user"] == app.bot
    assert float(message.ts) >= due
    assert app.client.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_one_can_think_better_of_it(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    due = int(sandbox.now()) + 3600
    made = app.client.chat_scheduleMessage(channel=general.id, text="later", post_at=due)
    app.client.chat_deleteScheduledMessage(channel=general.id, scheduled_message_id=made["scheduled_message_id"])
    sandbox.advance(3700)
    lee.says(general, "still here")
    assert not [message for message in lee.sees(general) if message.text == "later"]


def test_what_is_scheduled_survives_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with running_sandbox(state=state) as sandbox:
        lee = Workspace(sandbox).person("Lee")
        general = Workspace(sandbox).channel("general", lee)
        app = sandbox.app("Helper", channels=["general"])
        due = int(sandbox.now()) + 60
        client = WebClient(token=app["bot_token"], base_url=sandbox.api_url)
        client.chat_scheduleMessage(channel=general.id, text="later", post_at=due)
    with running_sandbox(state=state) as sandbox:
        sandbox.advance(61)
        Actor(Workspace(sandbox), lee.id, "Lee").waits_for(general.id, "later")


def test_nothing_comes_into_a_channel_that_was_closed(app: Installed, sandbox: Sandbox, lee: Actor) -> None:
    channel = app.client.conversations_create(name="inc-101")["channel"]["id"]
    app.client.conversations_invite(channel=channel, users=lee.id)
    app.client.chat_scheduleMessage(channel=channel, text="later", post_at=int(sandbox.now()) + 60)
    lee.archives(channel)
    sandbox.advance(61)
    assert app.client.chat_scheduledMessages_list()["scheduled_messages"] == []
    assert "later" not in [message.text for message in lee.sees(channel)]


def test_a_stream_is_read_while_it_is_written(app: Installed, listener: ListeningApp, lee: Actor) -> None:
    direct = lee.direct_messages(app.bot)
    ts = app.client.chat_startStream(channel=direct.id, thread_ts="", markdown_text="Looking")["ts"]
    app.client.chat_appendStream(channel=direct.id, ts=ts, markdown_text=" into it")
    assert lee.waits_for(direct, "Looking into it").ts == ts
    assert error_of(app.client.chat_update, channel=direct.id, ts=ts, text="x") == "streaming_state_conflict"
    chunk = {"type": "task_update", "id": "t1", "title": "Asked the database", "status": "complete"}
    app.client.chat_stopStream(channel=direct.id, ts=ts, chunks=[chunk])
    (card,) = [block for block in lee.sees(direct)[-1]["blocks"] if block["type"] == "task_card"]
    assert card["title"] == "Asked the database"
    changed = listener.event("message", subtype="message_changed")
    assert changed["message"]["text"] == "Looking into it"
    again = error_of(app.client.chat_appendStream, channel=direct.id, ts=ts, markdown_text="x")
    assert again == "message_not_in_streaming_state"
