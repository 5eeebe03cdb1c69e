"""Posting, changing and reading messages through the Web API."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace
from tests.sandbox.conftest import Installed

Json = dict[str, Any]


def error_of(call: Any, /, **arguments: Any) -> str:
    """The error Slack's client raises."""
    with pytest.raises(SlackApiError) as raised:
        call(**arguments)
    return str(raised.value.response["error"])


def test_a_post_comes_back_as_slack_parsed_it(app: Installed, general: Room, lee: Actor) -> None:
    text = f"a < b & see https://example.com/x?a=1&b=2. {lee.mention} <#{general.id}> 🎉 <strange>"
    answer = app.client.chat_postMessage(channel=general.id, text=text)
    assert answer["message"]["text"] == (
        f"a &lt; b &amp; see <https://example.com/x?a=1&amp;b=2>. {lee.mention} <#{general.id}|general> "
        ":tada: &lt;strange&gt;"
    )
    (block,) = answer["message"]["blocks"]
    assert block["type"] == "rich_text"
    assert {"type": "user", "user_id": lee.id} in block["elements"][0]["elements"]
    assert answer["message"]["bot_id"] == app.settings["bot_id"]
    assert "subtype" not in answer["message"]


@pytest.mark.usefixtures("unlimited")
def test_timestamps_only_grow(app: Installed, general: Room) -> None:
    stamps = [app.client.chat_postMessage(channel=general.id, text=str(n))["ts"] for n in range(20)]
    assert stamps == sorted(set(stamps))
    assert all(len(ts.partition(".")[2]) == 6 for ts in stamps)


@pytest.mark.filterwarnings("ignore:The top-level")
def test_blocks_get_their_ids_and_a_fallback_text(app: Installed, general: Room) -> None:
    section = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Payments* are failing, see https://example.com"},
        "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Close"}},
    }
    message = app.client.chat_postMessage(channel="#general", blocks=[section])["message"]
    (block,) = message["blocks"]
    assert block["block_id"]
    assert block["accessory"]["action_id"]
    assert block["accessory"]["text"]["emoji"] is True
    assert block["text"]["text"].endswith("<https://example.com>")
    assert message["text"].startswith("*Payments*")


def test_a_long_post_is_cut_and_a_long_update_refused(app: Installed, general: Room) -> None:
    answer = app.client.chat_postMessage(channel=general.id, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000
    assert answer["response_metadata"]["warnings"] == ["message_truncated"]
    assert error_of(app.client.chat_update, channel=general.id, ts=answer["ts"], text="x" * 4_001) == "msg_too_long"


def test_metadata_is_kept_and_shown_only_when_asked_for(app: Installed, general: Room) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "7"}}
    app.client.chat_postMessage(channel=general.id, text="once", metadata=metadata)
    (plain,) = app.client.conversations_history(channel=general.id, limit=1)["messages"]
    (full,) = app.client.conversations_history(channel=general.id, limit=1, include_all_metadata=True)["messages"]
    assert "metadata" not in plain
    assert full["metadata"] == metadata


def test_what_cannot_be_posted(app: Installed, workspace: Workspace, general: Room, oz: Actor) -> None:
    secret = workspace.channel("secret", oz, is_private=True)
    quiet = workspace.channel("quiet", oz)
    post = app.client.chat_postMessage
    assert error_of(post, channel="C0NOWHERE", text="x") == "channel_not_found"
    assert error_of(post, channel=secret.id, text="x") == "channel_not_found"
    assert error_of(app.client.api_call, api_method="chat.postMessage", params={"channel": general.id}) == "no_text"
    assert error_of(post, channel=general.id, text="x", metadata={"event_type": 1}) == "invalid_metadata_format"
    assert post(channel=quiet.id, text="x")["ok"], "chat:write.public reaches public channels from outside"


def test_without_the_public_scope_one_must_be_in_the_channel(install: Any, workspace: Workspace, oz: Actor) -> None:
    quiet = workspace.channel("quiet", oz)
    app = install(scopes=["chat:write", "channels:join"])
    assert error_of(app.client.chat_postMessage, channel=quiet.id, text="x") == "not_in_channel"
    app.client.conversations_join(channel=quiet.id)
    assert app.client.chat_postMessage(channel=quiet.id, text="x")["ok"]


def test_only_own_messages_change(app: Installed, general: Room, lee: Actor) -> None:
    said = lee.says(general, "mine")
    assert error_of(app.client.chat_update, channel=general.id, ts=said.ts, text="x") == "cant_update_message"
    assert error_of(app.client.chat_delete, channel=general.id, ts=said.ts) == "cant_delete_message"
    posted = app.client.chat_postMessage(channel=general.id, text="one", blocks=[{"type": "divider"}])
    changed = app.client.chat_update(channel=general.id, ts=posted["ts"], text="two")
    assert changed["text"] == "two"
    assert changed["message"]["blocks"][0]["type"] == "divider", "blocks stay unless others are given"
    assert changed["message"]["edited"]["user"] == app.settings["bot_id"]
    app.client.chat_delete(channel=general.id, ts=posted["ts"])
    assert error_of(app.client.chat_delete, channel=general.id, ts=posted["ts"]) == "message_not_found"


def test_a_thread_counts_its_replies(app: Installed, general: Room, lee: Actor) -> None:
    parent = app.client.chat_postMessage(channel=general.id, text="parent")["ts"]
    app.client.chat_postMessage(channel=general.id, text="reply", thread_ts=parent)
    loud = app.client.chat_postMessage(channel=general.id, text="loud", thread_ts=parent, reply_broadcast=True)
    history = app.client.conversations_history(channel=general.id)["messages"]
    assert [message["text"] for message in history[:2]] == ["loud", "parent"]
    assert history[0]["subtype"] == "thread_broadcast"
    assert history[1]["reply_count"] == 2
    assert history[1]["latest_reply"] == loud["ts"]
    thread = app.client.conversations_replies(channel=general.id, ts=parent)["messages"]
    assert [message["text"] for message in thread] == ["parent", "reply", "loud"]
    assert error_of(app.client.conversations_replies, channel=general.id, ts="1.000000") == "thread_not_found"


def test_a_deleted_parent_leaves_a_tombstone(app: Installed, general: Room, lee: Actor) -> None:
    parent = lee.says(general, "parent")
    lee.says(general, "reply", thread=parent)
    lee.deletes(parent)
    (found,) = [m for m in app.client.conversations_history(channel=general.id)["messages"] if m["ts"] == parent.ts]
    assert found["subtype"] == "tombstone"
    assert found["reply_count"] == 1


def test_an_ephemeral_message_is_seen_by_one(app: Installed, general: Room, lee: Actor, rae: Actor, bo: Actor) -> None:
    shown = app.client.chat_postEphemeral(channel=general.id, user=lee.id, text="only you")
    assert [m.text for m in lee.sees(general) if m.is_ephemeral] == ["only you"]
    assert not any(message.is_ephemeral for message in rae.sees(general))
    history = app.client.conversations_history(channel=general.id)["messages"]
    assert shown["message_ts"] not in [message["ts"] for message in history]
    post = app.client.chat_postEphemeral
    assert error_of(post, channel=general.id, user=bo.id, text="x") == "user_not_in_channel"


def test_a_user_id_is_a_direct_message(app: Installed, general: Room, lee: Actor) -> None:
    posted = app.client.chat_postMessage(channel=lee.id, text="thank you")
    assert posted["channel"].startswith("D")
    assert lee.sees(posted["channel"])[-1].text == "thank you"
    assert app.client.conversations_open(users=lee.id)["channel"]["id"] == posted["channel"]


def test_history_comes_in_pages(app: Installed, general: Room) -> None:
    sent = [app.client.chat_postMessage(channel=general.id, text=str(n))["ts"] for n in range(5)]
    pages = app.client.conversations_history(channel=general.id, limit=2, oldest=sent[0], inclusive=True)
    seen = [[message["text"] for message in page["messages"]] for page in pages]
    assert seen == [["4", "3"], ["2", "1"], ["0"]]
    assert error_of(app.client.conversations_history, channel=general.id, cursor="nonsense") == "invalid_cursor"


def test_a_permalink_leads_to_the_message(app: Installed, general: Room, sandbox: Sandbox) -> None:
    ts = app.client.chat_postMessage(channel=general.id, text="x")["ts"]
    link = app.client.chat_getPermalink(channel=general.id, message_ts=ts)["permalink"]
    assert link == f"{sandbox.url}/archives/{general.id}/p{ts.replace('.', '')}"


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "less than 151 characters"),
        ([{"type": "section"}], "must provide one of: text, fields"),
        ([{"type": "stripes"}], "unsupported type: stripes"),
        ([{"type": "divider"}] * 51, "no more than 50 items"),
        ([{"type": "divider", "colour": "red"}], "invalid additional property: colour"),
        ([{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}], "already exists"),
    ],
)
def test_bad_blocks_are_refused_with_a_pointer(app: Installed, general: Room, blocks: list[Json], problem: str) -> None:
    with pytest.raises(SlackApiError) as raised:
        app.client.chat_postMessage(channel=general.id, text="x", blocks=blocks)
    answer = raised.value.response
    assert answer["error"] == "invalid_blocks"
    assert problem in answer["response_metadata"]["messages"][0]
    assert "json-pointer:/blocks" in answer["response_metadata"]["messages"][0]


def test_legal_blocks_may_be_too_much_together(app: Installed, general: Room) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    assert (
        error_of(app.client.chat_postMessage, channel=general.id, text="x", blocks=[section] * 5)
        == "msg_blocks_too_long"
    )
