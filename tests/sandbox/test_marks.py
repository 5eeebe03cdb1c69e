"""Reactions, pins, bookmarks."""

from slack_sandbox.testing import Actor, Room
from tests.sandbox.conftest import Installed
from tests.sandbox.test_messages import error_of


def test_reactions_count_once_each(app: Installed, general: Room, lee: Actor) -> None:
    said = lee.says(general, "done?")
    where = {"channel": general.id, "timestamp": said.ts}
    app.client.reactions_add(name="white_check_mark", **where)
    assert error_of(app.client.reactions_add, name="white_check_mark", **where) == "already_reacted"
    assert error_of(app.client.reactions_remove, name="eyes", **where) == "no_reaction"
    lee.reacts(said, "white_check_mark")
    (reaction,) = app.client.reactions_get(**where)["message"]["reactions"]
    assert (reaction["name"], reaction["count"]) == ("white_check_mark", 2)
    assert lee.again(said)["reactions"][0]["users"] == [app.bot, lee.id]


def test_a_pin_is_listed_with_its_message(app: Installed, general: Room, lee: Actor) -> None:
    said = lee.says(general, "the cause is DNS")
    app.client.pins_add(channel=general.id, timestamp=said.ts)
    assert error_of(app.client.pins_add, channel=general.id, timestamp=said.ts) == "already_pinned"
    (item,) = app.client.pins_list(channel=general.id)["items"]
    assert item["message"]["text"] == "the cause is DNS"
    assert item["message"]["pinned_to"] == [general.id]
    app.client.pins_remove(channel=general.id, timestamp=said.ts)
    assert error_of(app.client.pins_remove, channel=general.id, timestamp=said.ts) == "no_pin"
    assert app.client.pins_list(channel=general.id)["items"] == []


def test_bookmarks_are_links(app: Installed, general: Room) -> None:
    where = {"channel_id": general.id}
    link = {"title": "Document", "type": "link", "link": "https://example.com/incident/1"}
    made = app.client.bookmarks_add(**where, **link)["bookmark"]
    app.client.bookmarks_edit(**where, bookmark_id=made["id"], title="The document")
    assert [mark["title"] for mark in app.client.bookmarks_list(**where)["bookmarks"]] == ["The document"]
    bad = {**link, "link": "incident"}
    assert error_of(app.client.bookmarks_add, **where, **bad) == "invalid_link"
    app.client.bookmarks_remove(**where, bookmark_id=made["id"])
    assert error_of(app.client.bookmarks_remove, **where, bookmark_id=made["id"]) == "not_found"
