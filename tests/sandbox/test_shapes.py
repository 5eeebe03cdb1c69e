"""Answers, events and interactions look like the ones Slack has been seen to send."""

from typing import Any

import pytest

from slack_sandbox.outbound.events import SCOPES
from slack_sandbox.shapes import words
from slack_sandbox.testing import Actor, Room, Sandbox
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp
from tests.sandbox.shapes import against, deviations, load, present
from tests.sandbox.test_views import BUTTONS, FORM
from tests.sandbox.wire import INTERACTIONS, problems_of_event, problems_of_interaction

Json = dict[str, Any]


def walk(app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor, bo: Actor) -> None:
    """Use every method, and cause every event and interaction."""
    client, where = app.client, {"channel": general.id}
    sandbox.usergroup("oncall", users=[lee.id])
    for call in (client.api_test, client.auth_test, client.team_info, client.emoji_list, client.bots_info):
        call()
    posted = client.chat_postMessage(
        **where, text="one", blocks=[BUTTONS], metadata={"event_type": "x", "event_payload": {}}
    )
    client.chat_postMessage(**where, text="styled", username="Pager", icon_emoji=":pager:")
    client.chat_postMessage(**where, text="reply", thread_ts=posted["ts"], reply_broadcast=True)
    client.chat_update(**where, ts=posted["ts"], text="two")
    client.chat_postEphemeral(**where, user=lee.id, text="psst")
    client.chat_getPermalink(**where, message_ts=posted["ts"])
    client.reactions_add(**where, timestamp=posted["ts"], name="eyes")
    client.reactions_get(**where, timestamp=posted["ts"])
    client.reactions_list()
    client.pins_add(**where, timestamp=posted["ts"])
    client.pins_list(**where)
    client.pins_remove(**where, timestamp=posted["ts"])
    client.conversations_history(**where, include_all_metadata=True, limit=2)
    client.conversations_replies(**where, ts=posted["ts"])
    client.conversations_info(**where, include_num_members=True)
    client.conversations_list(types="public_channel,private_channel,im")
    client.conversations_members(**where)
    client.conversations_open(users=lee.id, return_im=True)
    client.conversations_join(**where)
    client.users_conversations()
    client.users_list()
    client.users_info(user=lee.id)
    client.users_lookupByEmail(email="lee@example.com")
    group = client.usergroups_list(include_users=True, include_count=True)["usergroups"][0]["id"]
    client.usergroups_users_list(usergroup=group)
    mark = client.bookmarks_add(channel_id=general.id, title="a", type="link", link="https://example.com")
    client.bookmarks_edit(channel_id=general.id, bookmark_id=mark["bookmark"]["id"], title="b")
    client.bookmarks_list(channel_id=general.id)
    client.bookmarks_remove(channel_id=general.id, bookmark_id=mark["bookmark"]["id"])
    _walk_channel(client, lee, bo)
    _walk_people(app, listener, general, lee, bo)
    client.reactions_remove(**where, timestamp=posted["ts"], name="eyes")
    client.chat_delete(**where, ts=posted["ts"])
    _walk_further(app, sandbox, general, lee)
    sandbox.settle()


def _walk_further(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    """Files, links, groups, profiles, and the end of it all."""
    client, where, lees = app.client, {"channel": general.id}, sandbox.user_token(app.id, lee.id)
    file = client.files_upload_v2(**where, filename="log.txt", content="12:01", initial_comment="look")["file"]["id"]
    client.files_delete(file=file)
    sandbox.app("Helper", unfurl_domains=["example.com"])
    said = lee.says(general, "https://example.com/1")
    client.chat_unfurl(**where, ts=said.ts, unfurls={"https://example.com/1": {"text": "One"}})
    client.chat_meMessage(**where, text="waves")
    group = client.usergroups_create(name="Second line", handle="second")["usergroup"]["id"]
    client.usergroups_disable(usergroup=group)
    client.dnd_setSnooze(num_minutes=1, token=lees)
    client.users_profile_set(profile={"status_text": "On call"}, token=lees)
    sandbox.emoji(pager="https://example.com/pager.png")
    sandbox.team(name="Renamed")
    private = lee.makes_channel("quiet-talk", is_private=True)
    lee.does("invite", channel=private.id, user=app.bot)
    lee.does("rename", channel=private.id, name="quieter-talk")
    lee.archives(private)
    lee.does("unarchive", channel=private.id)
    lee.does("invite", channel=private.id, user=app.bot)
    lee.does("kick", channel=private.id, user=app.bot)
    lee.does("invite", channel=general.id, user=sandbox.person("guest")["id"])
    lee.does("topic", channel=general.id, topic="")
    lee.says(lee.direct_messages(app.bot), "in private")
    _walk_changes(app, lee, sandbox.person("third")["id"])
    client.auth_revoke(token=lees)


def _walk_changes(app: Installed, lee: Actor, third: str) -> None:
    """What changes and goes again: metadata, files elsewhere, a channel that one is put out of."""
    client, data = app.client, {"event_type": "x", "event_payload": {}}
    group = {"channel": client.conversations_open(users=[lee.id, third])["channel"]["id"]}
    ts = client.chat_postMessage(**group, text="one", metadata=data)["ts"]
    client.chat_update(**group, ts=ts, text="two", metadata={**data, "event_payload": {"n": 1}})
    client.chat_delete(**group, ts=ts)
    client.files_remote_add(external_id="doc", external_url="https://example.com/doc", title="Document")
    client.files_remote_update(external_id="doc", title="Another")
    public = lee.makes_channel("passing-by")
    lee.does("invite", channel=public.id, user=app.bot)
    lee.does("kick", channel=public.id, user=app.bot)
    lee.archives(public)
    lee.does("unarchive", channel=public.id)


def _walk_channel(client: Any, lee: Actor, bo: Actor) -> None:
    made = {"channel": client.conversations_create(name="inc-101")["channel"]["id"]}
    client.conversations_invite(**made, users=f"{lee.id},{bo.id}")
    client.conversations_setTopic(**made, topic="DNS")
    client.conversations_setPurpose(**made, purpose="Incident")
    client.conversations_rename(**made, name="inc-101-dns")
    client.conversations_mark(**made, ts="1700000000.000000")
    client.conversations_kick(**made, user=bo.id)
    client.conversations_archive(**made)
    other = client.conversations_create(name="passing")["channel"]["id"]
    client.conversations_leave(channel=other)


def _walk_people(app: Installed, listener: ListeningApp, general: Room, lee: Actor, bo: Actor) -> None:
    bo.joins(general)
    said = lee.says(general, f"<@{app.bot}> https://example.com *now*")
    lee.edits(said, "later")
    lee.reacts(said, "eyes")
    lee.unreacts(said, "eyes")
    lee.pins(said)
    lee.unpins(said)
    lee.says(general, "reply", thread=said)
    lee.deletes(said)
    bo.leaves(general)
    lee.home(app.id)
    app.client.views_publish(user_id=lee.id, view={"type": "home", "blocks": [{"type": "divider"}]})
    lee.home(app.id)
    lee.runs("/incident", "", general)
    trigger = listener.to("/commands")[-1].form["trigger_id"]
    view = app.client.views_open(trigger_id=trigger, view={**FORM, "notify_on_close": True})["view"]
    app.client.views_update(
        view_id=view["id"], view={**FORM, "notify_on_close": True, "blocks": [*FORM["blocks"], BUTTONS]}
    )
    lee.presses("Close")
    app.client.views_push(trigger_id=listener.to("/interactions")[-1].payload["trigger_id"], view=FORM)
    lee.submits()
    lee.cancels()
    lee.presses("Close", in_message=lee.waits_for(general, lambda message: message.buttons))
    lee.does("shortcut", callback_id="new")
    lee.does("message_shortcut", callback_id="old", channel=general.id, ts=lee.says(general, "x").ts)


@pytest.fixture
def walked(
    install: Any, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor, bo: Actor
) -> ListeningApp:
    shortcuts = [{"callback_id": "new", "name": "a"}, {"callback_id": "old", "name": "b", "type": "message"}]
    app = install(shortcuts=shortcuts, channels=["general"])
    walk(app, sandbox, listener, general, lee, bo)
    return listener


@present
def test_every_answer_has_only_known_keys(walked: ListeningApp, sandbox: Sandbox) -> None:
    known = load("derived/webapi_keypaths_union.json")
    first = sandbox.calls("api.test")[-1]["seq"] - 1
    calls = [call for call in sandbox.calls(since=first) if call["method"] in known]
    assert len({call["method"] for call in calls}) > 40
    found = {f"{call['method']} {each}" for call in calls for each in deviations(call["method"], call["answer"])}
    assert not found, "\n".join(sorted(found))


SUBTYPES = words("""
    bot_message channel_archive channel_join channel_leave channel_name channel_purpose channel_topic file_share
    me_message message_changed message_deleted pinned_item thread_broadcast
""")
"""Apps are out of a channel that is archived: they never hear the message channel_unarchive, nor group_unarchive."""


@present
def test_every_event_that_can_be_sent_passes_slacks_types(walked: ListeningApp) -> None:
    envelopes = [request.payload for request in walked.to("/events")]
    events = [envelope["event"] for envelope in envelopes]
    seen = {f"message.{PLURAL[e['channel_type']]}" if e["type"] == "message" else e["type"] for e in events}
    assert SCOPES.keys() - seen == {"app_uninstalled", "group_unarchive"}  # the former is shown in test_tokens.py
    assert seen <= SCOPES.keys(), "what an app can ask for"
    assert {event["subtype"] for event in events if event["type"] == "message" and "subtype" in event} == SUBTYPES
    found = {each for envelope in envelopes for each in problems_of_event(envelope)}
    assert not found, "\n".join(sorted(found))


@present
def test_every_interaction_passes_slacks_types(walked: ListeningApp) -> None:
    payloads = [request.payload for request in walked.to("/interactions")]
    assert {payload["type"] for payload in payloads} == set(INTERACTIONS)
    found = {each for payload in payloads for each in problems_of_interaction(payload)}
    assert not found, "\n".join(sorted(found))
    assert {
        each for request in walked.to("/commands") for each in against("ts-bolt.SlashCommand", request.form)
    } == set()


PLURAL = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
