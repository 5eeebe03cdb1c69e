"""What apps do for people, and how it ends."""

from slack_sandbox.testing import Actor, Room, Sandbox
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp
from tests.sandbox.test_messages import error_of


def test_an_app_speaks_for_a_person_who_lets_it(app: Installed, sandbox: Sandbox, general: Room, lee: Actor) -> None:
    token = sandbox.user_token(app.id, lee.id)
    assert token.startswith("xoxp-")
    assert app.client.auth_test(token=token)["user_id"] == lee.id
    message = app.client.chat_postMessage(channel=general.id, text="as myself", token=token)["message"]
    assert (message["user"], message["app_id"]) == (lee.id, app.id)
    secret = lee.makes_channel("quiet-talk", is_private=True)
    assert app.client.conversations_info(channel=secret.id, token=token)["channel"]["name"] == "quiet-talk"
    assert error_of(app.client.conversations_info, channel=secret.id) == "channel_not_found"


def test_only_a_person_opens_a_closed_channel_again(app: Installed, sandbox: Sandbox, lee: Actor) -> None:
    channel = app.client.conversations_create(name="inc-101")["channel"]["id"]
    app.client.conversations_invite(channel=channel, users=lee.id)
    app.client.conversations_archive(channel=channel)
    assert error_of(app.client.conversations_unarchive, channel=channel) == "not_in_channel"
    token = sandbox.user_token(app.id, lee.id, ["channels:write"])
    assert app.client.conversations_unarchive(channel=channel, token=token)["ok"]
    assert app.client.conversations_info(channel=channel)["channel"]["is_archived"] is False


def test_a_person_takes_back_what_they_allowed(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, lee: Actor
) -> None:
    token = sandbox.user_token(app.id, lee.id)
    assert app.client.auth_revoke(token=token, test=True)["revoked"] is False
    assert app.client.auth_revoke(token=token)["revoked"] is True
    assert error_of(app.client.auth_test, token=token) == "token_revoked"
    assert listener.event("tokens_revoked")["tokens"] == {"oauth": [lee.id], "bot": []}
    assert app.client.auth_test()["ok"], "the bot stays"


def test_an_app_that_is_taken_away_is_told_last_of_all(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    app.client.chat_postMessage(channel=general.id, text="good bye")
    sandbox.settle()
    sandbox.uninstall(app.id)
    assert listener.event("app_uninstalled")
    assert listener.event("tokens_revoked")["tokens"]["bot"] == [app.bot]
    assert error_of(app.client.auth_test) == "account_inactive"
    assert lee.waits_for(general, "good bye"), "what it has said stays"
    lee.says(general, "nobody listens")
    sandbox.settle()
    assert "nobody listens" not in [event.get("text") for event in listener.events("message")]


def test_two_apps_in_one_workspace_hear_their_own_part(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    address = f"{listener.url}/other"
    other = sandbox.app(
        "Other", events=["message.channels"], scopes=["channels:history"], events_url=address, channels=["general"]
    )
    said = lee.says(general, f"<@{other['bot_user']}> hello")
    sandbox.settle()
    told = {path: [request.payload for request in listener.to(path)] for path in ("/events", "/other")}
    assert [envelope["event"]["ts"] for envelope in told["/other"] if envelope["event"]["user"] == lee.id] == [said.ts]
    assert {envelope["api_app_id"] for envelope in told["/other"]} == {other["id"]}
    assert {envelope["api_app_id"] for envelope in told["/events"]} == {app.id}
    assert not [envelope for envelope in told["/events"] if envelope["event"]["type"] == "app_mention"]


def test_do_not_disturb_and_groups_are_told(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, lee: Actor, bo: Actor
) -> None:
    token = sandbox.user_token(app.id, lee.id)
    app.client.dnd_setSnooze(num_minutes=10, token=token)
    assert listener.event("dnd_updated_user")["dnd_status"]["dnd_enabled"] is True
    assert app.client.dnd_info(user=lee.id)["dnd_enabled"] is True
    sandbox.advance(601)
    assert app.client.dnd_info(user=lee.id)["dnd_enabled"] is False
    group = app.client.usergroups_create(name="On call", handle="oncall")["usergroup"]["id"]
    assert listener.event("subteam_created")["subteam"]["handle"] == "oncall"
    app.client.usergroups_users_update(usergroup=group, users=bo.id)
    assert listener.event("subteam_members_changed")["added_users"] == [bo.id]
    app.client.usergroups_disable(usergroup=group)
    assert app.client.usergroups_list()["usergroups"] == []


def test_a_status_is_part_of_the_profile(app: Installed, sandbox: Sandbox, listener: ListeningApp, lee: Actor) -> None:
    token = sandbox.user_token(app.id, lee.id)
    app.client.users_profile_set(token=token, profile={"status_text": "On call", "status_emoji": ":pager:"})
    assert listener.event("user_status_changed")["user"]["profile"]["status_text"] == "On call"
    assert app.client.users_info(user=lee.id)["user"]["profile"]["status_emoji"] == ":pager:"
