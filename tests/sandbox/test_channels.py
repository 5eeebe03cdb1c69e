"""Channels: names, members, topics, archives."""

from typing import Any

import pytest

from slack_sandbox.testing import Actor, Room, Workspace
from tests.sandbox.conftest import Installed
from tests.sandbox.test_messages import error_of


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("Inc-101", "invalid_name_specials"),
        ("inc 101", "invalid_name_specials"),
        ("inc.101", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("general", "name_taken"),
    ],
)
def test_names_that_cannot_be(app: Installed, name: str, error: str) -> None:
    assert error_of(app.client.conversations_create, name=name) == error


def test_the_maker_is_in_the_channel(app: Installed) -> None:
    channel = app.client.conversations_create(name="inc-101")["channel"]
    assert channel["creator"] == app.bot
    assert channel["is_member"] is True
    assert app.client.conversations_members(channel=channel["id"])["members"] == [app.bot]


def test_an_archived_channel_keeps_its_name_and_loses_its_bots(app: Installed, lee: Actor) -> None:
    channel = app.client.conversations_create(name="inc-101")["channel"]["id"]
    app.client.conversations_invite(channel=channel, users=lee.id)
    app.client.conversations_archive(channel=channel)
    assert error_of(app.client.chat_postMessage, channel=channel, text="x") == "is_archived"
    assert error_of(app.client.conversations_create, name="inc-101") == "name_taken"
    assert error_of(app.client.conversations_unarchive, channel=channel) == "not_in_channel"
    assert error_of(app.client.conversations_history, channel=channel) == "not_in_channel"
    assert error_of(app.client.conversations_join, channel=channel) == "is_archived"
    assert error_of(app.client.conversations_archive, channel=channel) == "already_archived"
    assert app.client.conversations_members(channel=channel)["members"] == [lee.id]


def test_inviting_is_all_or_nothing_unless_forced(app: Installed, lee: Actor, bo: Actor) -> None:
    channel = app.client.conversations_create(name="inc-101")["channel"]["id"]
    invite = app.client.conversations_invite
    assert error_of(invite, channel=channel, users=f"{lee.id},U0NOBODY") == "user_not_found"
    assert app.client.conversations_members(channel=channel)["members"] == [app.bot]
    invite(channel=channel, users=f"{lee.id},U0NOBODY", force=True)
    assert error_of(invite, channel=channel, users=lee.id) == "already_in_channel"
    assert error_of(invite, channel=channel, users=app.bot) == "cant_invite_self"
    app.client.conversations_kick(channel=channel, user=lee.id)
    assert error_of(app.client.conversations_kick, channel=channel, user=app.bot) == "cant_kick_self"
    assert app.client.conversations_members(channel=channel)["members"] == [app.bot]


def test_a_private_channel_is_not_there_for_others(app: Installed, lee: Actor, oz: Actor) -> None:
    private = lee.makes_channel("quiet-talk", is_private=True)
    assert error_of(app.client.conversations_info, channel=private.id) == "channel_not_found"
    assert error_of(app.client.conversations_join, channel=private.id) == "channel_not_found"
    listed = app.client.conversations_list(types="public_channel,private_channel")["channels"]
    assert private.id not in [channel["id"] for channel in listed]
    lee.does("invite", channel=private.id, user=app.bot)
    assert app.client.conversations_info(channel=private.id)["channel"]["is_private"] is True


def test_the_topic_has_a_length(app: Installed, general: Room) -> None:
    app.client.conversations_setTopic(channel=general.id, topic="Payments are failing")
    assert app.client.conversations_info(channel=general.id)["channel"]["topic"]["value"] == "Payments are failing"
    assert error_of(app.client.conversations_setTopic, channel=general.id, topic="x" * 251) == "too_long"


def test_only_the_maker_renames_and_the_name_may_be_changed(app: Installed, general: Room) -> None:
    assert error_of(app.client.conversations_rename, channel=general.id, name="other") == "not_authorized"
    channel = app.client.conversations_create(name="inc-101")["channel"]["id"]
    renamed = app.client.conversations_rename(channel=channel, name="Inc 101 Payments!")
    assert renamed["channel"]["name"] == "inc-101-payments"
    assert renamed["channel"]["previous_names"] == ["inc-101"]


def test_lists_come_in_pages(app: Installed, workspace: Workspace, lee: Actor) -> None:
    for number in range(5):
        workspace.channel(f"room-{number}", lee)
    pages = [[channel["id"] for channel in page["channels"]] for page in app.client.conversations_list(limit=2)]
    assert [len(page) for page in pages] == [2, 2, 2]
    assert len({channel for page in pages for channel in page}) == 6
    people = {person["id"] for page in app.client.users_list(limit=2) for person in page["members"]}
    assert people >= {lee.id, app.bot, "USLACKBOT"}


def test_people_are_found_by_id_and_address(app: Installed, install: Any, lee: Actor) -> None:
    found = app.client.users_info(user=lee.id)["user"]
    assert (found["name"], found["profile"]["email"], found["tz"]) == ("lee", "lee@example.com", "Europe/Berlin")
    assert app.client.users_lookupByEmail(email="LEE@example.com")["user"]["id"] == lee.id
    assert error_of(app.client.users_lookupByEmail, email="x@example.com") == "users_not_found"
    assert error_of(app.client.users_info, user="U0NOBODY") == "user_not_found"
    curious = install("Curious", scopes=["users:read"])
    assert "email" not in curious.client.users_info(user=lee.id)["user"]["profile"]


def test_groups_list_their_members(app: Installed, workspace: Workspace, lee: Actor) -> None:
    group = workspace.sandbox.usergroup("oncall", users=[lee.id])
    (listed,) = app.client.usergroups_list(include_users=True)["usergroups"]
    assert (listed["handle"], listed["users"]) == ("oncall", [lee.id])
    assert app.client.usergroups_users_list(usergroup=group["id"])["users"] == [lee.id]
