"""What an app is told, how it is signed, and what happens when it does not listen."""

from typing import Any

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Reply


def test_an_event_comes_signed_in_slacks_envelope(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    said = lee.says(general, "Payments & refunds")
    event = listener.event("message", ts=said.ts)
    assert (event["user"], event["text"], event["channel"]) == (lee.id, "Payments &amp; refunds", general.id)
    assert (event["channel_type"], event["event_ts"]) == ("channel", said.ts)
    assert event["blocks"][0]["type"] == "rich_text"
    request = listener.to("/events")[-1]
    assert request.is_signed_with(app.secret)
    assert not request.is_signed_with("another secret")
    outer = request.payload
    assert outer["type"] == "event_callback"
    assert outer["api_app_id"] == app.id
    assert outer["event_id"].startswith("Ev")
    assert outer["authorizations"][0]["user_id"] == app.bot
    assert outer["event_context"].startswith("4-")


def test_a_mention_is_told_twice(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    said = lee.says(general, f"<@{app.bot}> help")
    mention = listener.event("app_mention", ts=said.ts)
    message = listener.event("message", ts=said.ts)
    assert mention["text"] == message["text"]
    ids = {request.payload["event_id"] for request in listener.to("/events")}
    assert len(ids) == len(listener.to("/events"))


def test_an_app_hears_itself(app: Installed, listener: ListeningApp, general: Room) -> None:
    ts = app.client.chat_postMessage(channel=general.id, text="hello")["ts"]
    event = listener.event("message", ts=ts)
    assert (event["user"], event["bot_id"]) == (app.bot, app.settings["bot_id"])
    assert "subtype" not in event


def test_edits_and_deletions_show_both_versions(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    said = lee.says(general, "before")
    lee.edits(said, "after")
    changed = listener.event("message", subtype="message_changed")
    assert changed["hidden"] is True
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("before", "after")
    assert changed["message"]["edited"]["user"] == lee.id
    lee.deletes(said)
    deleted = listener.event("message", subtype="message_deleted")
    assert deleted["deleted_ts"] == said.ts
    assert deleted["previous_message"]["text"] == "after"


def test_joining_is_an_event_and_a_message(app: Installed, listener: ListeningApp, general: Room, bo: Actor) -> None:
    bo.joins(general)
    joined = listener.event("member_joined_channel", user=bo.id)
    assert (joined["channel"], joined["channel_type"]) == (general.id, "C")
    assert "has joined" in listener.event("message", subtype="channel_join", user=bo.id)["text"]
    bo.leaves(general)
    assert listener.event("member_left_channel", user=bo.id)["channel"] == general.id
    assert listener.event("message", subtype="channel_leave", user=bo.id)


def test_pins_and_reactions_name_the_message(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    said = lee.says(general, "the cause is DNS")
    lee.pins(said)
    pinned = listener.event("pin_added")
    assert (pinned["user"], pinned["channel_id"], pinned["item_user"]) == (lee.id, general.id, lee.id)
    assert pinned["item"]["message"]["ts"] == said.ts
    assert listener.event("message", subtype="pinned_item")["item"]["message"]["text"] == "the cause is DNS"
    lee.unpins(said)
    assert listener.event("pin_removed")["has_pins"] is False
    lee.reacts(said, "eyes")
    assert listener.event("reaction_added")["item"] == {"type": "message", "channel": general.id, "ts": said.ts}
    lee.unreacts(said, "eyes")
    assert listener.event("reaction_removed")["reaction"] == "eyes"


def test_changes_of_a_channel_are_told(app: Installed, listener: ListeningApp, lee: Actor) -> None:
    channel = app.client.conversations_create(name="inc-101")["channel"]["id"]
    assert listener.event("channel_created")["channel"]["name"] == "inc-101"
    app.client.conversations_invite(channel=channel, users=lee.id)
    assert listener.event("member_joined_channel", user=lee.id)["inviter"] == app.bot
    app.client.conversations_rename(channel=channel, name="inc-101-dns")
    assert listener.event("channel_rename")["channel"]["name"] == "inc-101-dns"
    assert listener.event("message", subtype="channel_name")["old_name"] == "inc-101"
    lee.does("topic", channel=channel, topic="DNS")
    assert listener.event("message", subtype="channel_topic")["topic"] == "DNS"
    lee.archives(channel)
    assert listener.event("channel_archive")["user"] == lee.id
    assert listener.event("message", subtype="channel_archive")


def test_what_was_not_asked_for_does_not_come(
    install: Any, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor, oz: Actor
) -> None:
    install("Deaf", events=["message.channels", "reaction_added"], scopes=["channels:history"], channels=["general"])
    elsewhere = oz.makes_channel("elsewhere")
    lee.reacts(lee.says(general, "one"), "eyes")
    oz.says(elsewhere, "not in there")
    last = lee.says(general, "two")
    listener.event("message", ts=last.ts)
    assert {event["type"] for event in listener.events()} == {"message"}, "no scope, no reaction"
    assert {event["channel"] for event in listener.events()} == {general.id}, "only where the app is"


def test_a_private_channel_is_told_only_inside(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    private = lee.makes_channel("quiet-talk", is_private=True)
    lee.says(private, "before the app came")
    lee.does("invite", channel=private.id, user=app.bot)
    said = lee.says(private, "after")
    event = listener.event("message", ts=said.ts)
    assert event["channel_type"] == "group"
    assert "before the app came" not in [each.get("text") for each in listener.events("message")]


def test_a_direct_message_reaches_the_app_without_a_mention(app: Installed, listener: ListeningApp, lee: Actor) -> None:
    direct = lee.direct_messages(app.bot)
    assert listener.event("app_home_opened")["tab"] == "messages"
    said = lee.says(direct, f"<@{app.bot}> hello")
    assert listener.event("message", ts=said.ts)["channel_type"] == "im"
    assert not listener.events("app_mention")


def test_events_leave_in_order(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    said = [lee.does("say", channel=general.id, text=str(number))["ts"] for number in range(20)]
    listener.event("message", ts=said[-1])
    told = [event["ts"] for event in listener.events("message")]
    assert [ts for ts in told if ts in said] == said


def test_a_refused_event_comes_again_at_once_and_after_a_minute_and_five(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    listener.answers["/events"] = lambda _: Reply(status=500)
    listener.forget()
    listener.answers["/events"] = lambda _: Reply(status=500)
    lee.says(general, "anybody?")
    wait_for(lambda: len(listener.to("/events")) == 2)
    sandbox.advance(60)
    wait_for(lambda: len(listener.to("/events")) == 3)
    sandbox.advance(300)
    wait_for(lambda: len(listener.to("/events")) == 4)
    attempts = listener.to("/events")
    assert [request.headers.get("x-slack-retry-num") for request in attempts] == [None, "1", "2", "3"]
    assert attempts[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({request.payload["event_id"] for request in attempts}) == 1
    assert all(request.is_signed_with(app.secret) for request in attempts)


def test_an_app_can_ask_for_no_retry(app: Installed, sandbox: Sandbox, listener: ListeningApp, lee: Actor) -> None:
    listener.answers["/events"] = lambda _: Reply(status=500, headers=(("x-slack-no-retry", "1"),))
    lee.makes_channel("once")
    wait_for(lambda: len(listener.to("/events")) == 1)
    sandbox.advance(600)
    listener.answers.clear()
    last = lee.makes_channel("twice")
    wait_for(lambda: any(event["channel"]["id"] == last.id for event in listener.events("channel_created")))
    assert len(listener.to("/events")) == 2


def test_a_slow_answer_counts_as_none(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.settings(ack_seconds=0.05)
    slow = iter([0.15])
    listener.answers["/events"] = lambda _: Reply(after=next(slow, 0))
    lee.says(general, "anybody?")
    wait_for(lambda: len(listener.to("/events")) == 2)
    assert listener.to("/events")[1].headers["x-slack-retry-reason"] == "http_timeout"
    wait_for(lambda: [each["outcome"] for each in sandbox.deliveries("event")][-2:] == ["http_timeout", "ok"])


def test_a_slow_event_does_not_hold_back_the_others(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    slow = iter([0.3])
    listener.answers["/events"] = lambda _: Reply(after=next(slow, 0))
    sandbox.settings(patience_seconds=0.02)
    since = sandbox.seq()
    lee.says(general, "slow")
    lee.says(general, "quick")
    answered = wait_for(lambda: sandbox.events("message", since=since))
    assert [event["text"] for event in answered] == ["quick"]


def test_the_handshake_is_checked(app: Installed, sandbox: Sandbox, listener: ListeningApp) -> None:
    listener.answers["/events"] = lambda request: {"challenge": request.payload["challenge"]}
    assert sandbox.verify(app.id)
    listener.answers["/events"] = lambda request: request.payload["challenge"]
    assert sandbox.verify(app.id)
    listener.answers["/events"] = lambda _: "no"
    assert not sandbox.verify(app.id)


def test_new_people_are_told(app: Installed, listener: ListeningApp, workspace: Workspace) -> None:
    bo = workspace.person("Bo", id="U0BO")
    assert listener.event("team_join")["user"]["id"] == bo.id
    workspace.person("Bo", id="U0BO", title="SRE")
    assert listener.event("user_change")["user"]["profile"]["title"] == "SRE"
