"""What the chat in the browser gets: boot, history, live updates, unread counts."""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from slack_sandbox.testing import Actor, Refused, Room, Sandbox, Workspace
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp
from tests.sandbox.test_views import BUTTONS, FORM

Json = dict[str, Any]


def read(sandbox: Sandbox, path: str, person: Actor, **query: Any) -> Json:
    answer = httpx.get(f"{sandbox.url}/client/{path}", params={"as": person.id, **query})
    answer.raise_for_status()
    return answer.json()


class Page:
    """An open page: what came over its stream."""

    def __init__(self) -> None:
        self.came: queue.Queue[Json] = queue.Queue()

    def next(self, kind: str, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        """The next event of a type."""
        while True:
            event = self.came.get(timeout=3)
            if event["type"] == kind and fits(event):
                return event


@contextmanager
def open_page(sandbox: Sandbox, person: Actor) -> Iterator[Page]:
    page, client = Page(), httpx.Client(timeout=None)
    with client.stream("GET", f"{sandbox.url}/client/stream", params={"as": person.id}) as stream:
        lines = stream.iter_lines()

        def listen() -> None:
            try:
                for line in lines:
                    if line.startswith("data: "):
                        page.came.put(json.loads(line[6:]))
            except (httpx.HTTPError, httpx.StreamError, ValueError):
                return

        threading.Thread(target=listen, daemon=True).start()
        page.next("hello")
        yield page
    client.close()


def test_a_page_starts_with_what_its_person_may_see(
    app: Installed, sandbox: Sandbox, workspace: Workspace, general: Room, lee: Actor, oz: Actor
) -> None:
    private = lee.makes_channel("quiet-talk", is_private=True)
    boot = read(sandbox, "boot", lee)
    assert boot["me"]["id"] == lee.id
    assert {"general", "quiet-talk"} <= {channel["name"] for channel in boot["channels"]}
    assert boot["commands"][0]["command"] == "/incident"
    assert boot["emoji"]["tada"] == "🎉"
    assert {person["id"] for person in boot["people"]} >= {lee.id, oz.id, app.bot}
    others = read(sandbox, "boot", oz)
    assert private.id not in [channel["id"] for channel in others["channels"]]
    (seen,) = [channel for channel in others["channels"] if channel["id"] == general.id]
    assert (seen["is_member"], seen["num_members"]) == (False, 3)
    with pytest.raises(httpx.HTTPStatusError):
        read(sandbox, "history", oz, channel=private.id)


def test_a_page_without_a_person_is_given_one(sandbox: Sandbox, app: Installed, rae: Actor) -> None:
    assert httpx.get(f"{sandbox.url}/client/boot").json()["me"]["id"] == rae.id


def test_history_is_scrolled_from_the_end(sandbox: Sandbox, general: Room, lee: Actor) -> None:
    said = [lee.says(general, str(number)) for number in range(5)]
    lee.says(general, "reply", thread=said[0])
    newest = read(sandbox, "history", lee, channel=general.id, limit=2)
    assert [message["text"] for message in newest["messages"]] == ["3", "4"]
    assert newest["has_more"] is True
    older = read(sandbox, "history", lee, channel=general.id, limit=10, before=said[3].ts)
    assert [message["text"] for message in older["messages"]] == ["0", "1", "2"]
    assert older["has_more"] is False
    assert older["messages"][0]["reply_count"] == 1
    thread = read(sandbox, "replies", lee, channel=general.id, ts=said[0].ts)
    assert [message["text"] for message in thread["messages"]] == ["0", "reply"]


def test_threads_are_those_one_has_a_part_in(
    sandbox: Sandbox, workspace: Workspace, general: Room, lee: Actor, rae: Actor, bo: Actor
) -> None:
    workspace.channel("general", bo)
    older, newer = lee.says(general, "older"), lee.says(general, "newer")
    for number in range(3):
        lee.says(general, f"reply {number}", thread=newer)
    lee.says(general, f"{rae.mention}?", thread=older)
    told = read(sandbox, "threads", lee)["threads"]
    assert [thread["root"]["text"] for thread in told] == ["older", "newer"]
    assert [reply["text"] for reply in told[1]["replies"]] == ["reply 1", "reply 2"]
    assert [thread["root"]["ts"] for thread in read(sandbox, "threads", rae)["threads"]] == [older.ts]
    assert read(sandbox, "threads", bo)["threads"] == []
    rae.leaves(general)
    assert read(sandbox, "threads", rae)["threads"] == []


def test_a_page_knows_groups_and_other_names_of_emoji(sandbox: Sandbox, lee: Actor) -> None:
    group = sandbox.usergroup("oncall", name="On call", users=[lee.id])
    sandbox.emoji(shipit="alias:rocket", logo="https://example.org/logo.png", broken="alias:nothing")
    boot = read(sandbox, "boot", lee)
    assert boot["usergroups"] == [{"id": group["id"], "name": "On call", "handle": "oncall", "users": [lee.id]}]
    assert (boot["emoji"]["shipit"], "logo" in boot["emoji"], "broken" in boot["emoji"]) == ("🚀", False, False)


def test_search_finds_words(sandbox: Sandbox, general: Room, lee: Actor) -> None:
    lee.says(general, "Payments are failing")
    lee.says(general, "all is well")
    found = read(sandbox, "search", lee, channel=general.id, q="failing PAY")["messages"]
    assert [message["text"] for message in found] == ["Payments are failing"]


def test_pages_see_at_once_what_others_do(
    app: Installed, sandbox: Sandbox, general: Room, lee: Actor, rae: Actor
) -> None:
    with open_page(sandbox, rae) as page:
        said = lee.says(general, "hello")
        assert page.next("message")["message"]["ts"] == said.ts
        assert page.next("read")["unread"] == 1
        lee.reacts(said, "eyes")
        assert page.next("message_changed")["message"]["reactions"][0]["name"] == "eyes"
        lee.pins(said)
        assert page.next("channel", lambda event: event["channel"]["pins"])["channel"]["pins"] == [said.ts]
        lee.does("topic", channel=general.id, topic="DNS")
        assert page.next("channel", lambda event: event["channel"]["topic"])["channel"]["topic"] == "DNS"
        lee.says(general, "reply", thread=said)
        assert page.next("message_changed", lambda event: "reply_count" in event["message"])
        lee.edits(said, "hello again")
        assert page.next("message_changed")["message"]["text"] == "hello again"
        app.client.chat_postEphemeral(channel=general.id, user=rae.id, text="psst")
        assert page.next("message", lambda event: event["message"].get("is_ephemeral", False))
        app.client.chat_postEphemeral(channel=general.id, user=lee.id, text="not for Rae")
        last = lee.says(general, "bye")
        assert page.next("message")["message"]["ts"] == last.ts


def test_a_page_shows_forms_and_failures(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    with open_page(sandbox, lee) as page:
        lee.runs("/incident", "", general)
        trigger = listener.to("/commands")[0].form["trigger_id"]
        app.client.views_open(trigger_id=trigger, view=FORM)
        (view,) = page.next("view")["stack"]
        assert view["callback_id"] == "report"
        lee.cancels()
        assert page.next("view")["stack"] == []
        app.client.views_publish(user_id=lee.id, view={"type": "home", "blocks": [BUTTONS]})
        home = page.next("home")
        assert home["app_id"] == app.id
        assert lee.does("act", container="home", view_id=home["view"]["id"], block_id="buttons", action_id="close") == {
            "ok": True
        }
        sandbox.app("Helper", commands=[{"command": "/gone", "url": "http://127.0.0.1:9/"}])
        assert page.next("commands")["commands"][0]["command"] == "/gone"
        lee.runs("/gone", "", general)
        assert page.next("app_error")["text"] == '/gone failed with the error "dispatch_failed"'


def test_a_private_channel_comes_and_goes(sandbox: Sandbox, lee: Actor, oz: Actor) -> None:
    with open_page(sandbox, oz) as page:
        private = lee.makes_channel("quiet-talk", is_private=True)
        lee.invites(oz, private)
        assert page.next("channel")["channel"]["id"] == private.id
        oz.leaves(private)
        assert page.next("channel_gone")["channel"] == private.id


def test_unread_and_mentions_are_counted(
    app: Installed, sandbox: Sandbox, general: Room, lee: Actor, rae: Actor
) -> None:
    lee.says(general, "one")
    lee.says(general, f"two {rae.mention}")
    last = lee.says(general, "three <!here>")

    def counted(person: Actor) -> tuple[int, int]:
        (channel,) = [c for c in read(sandbox, "boot", person)["channels"] if c["id"] == general.id]
        return channel["unread"], channel["mentions"]

    assert counted(rae)[1] == 2
    assert counted(lee) == (0, 0), "what one says oneself is read"
    rae.does("read", channel=general.id, ts=last.ts)
    assert counted(rae) == (0, 0)


def test_what_people_may_not_do_is_said_in_a_sentence(workspace: Workspace, general: Room, oz: Actor) -> None:
    with pytest.raises(Refused, match="You are not in this channel"):
        oz.says(general, "hello")
    with pytest.raises(Refused, match="name_taken"):
        oz.makes_channel("general")
    with pytest.raises(Refused, match="unknown_act"):
        oz.does("dance")


def test_the_chat_is_served_with_a_strict_policy(sandbox: Sandbox) -> None:
    page = httpx.get(sandbox.url)
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert httpx.get(f"{sandbox.url}/client-assets/../server.py").status_code == 404
    assert httpx.get(f"{sandbox.url}/client-assets/%2e%2e/server.py").status_code == 404
    assert "<svg" in httpx.get(f"{sandbox.url}/avatars/USLACKBOT.svg").text


def send_up(sandbox: Sandbox, person: Actor, name: str = "notes.txt", content: bytes = b"notes") -> Json:
    where = {"as": person.id, "name": name}
    return httpx.post(f"{sandbox.url}/client/upload", params=where, content=content).json()


def test_an_uploaded_file_is_shared_with_a_message(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor, rae: Actor, oz: Actor
) -> None:
    file = send_up(sandbox, lee)["file"]
    assert seen_by(sandbox, rae, file) == 404, "nobody sees what was not sent"
    lee.does("say", channel=general.id, text="Look", files=[file])
    assert seen_by(sandbox, rae, file) == 200
    shared = listener.event("file_shared", file_id=file)
    assert (shared["channel_id"], shared["user_id"]) == (general.id, lee.id)
    with pytest.raises(Refused, match="not here any more"):
        lee.does("say", channel=general.id, text="Again", files=[file])
    with pytest.raises(Refused, match="Only who uploaded"):
        rae.does("delete_file", file=file)
    lee.does("delete_file", file=file)
    assert seen_by(sandbox, rae, file) == 404
    assert listener.event("file_deleted", file_id=file)


def seen_by(sandbox: Sandbox, person: Actor, file: str) -> int:
    return httpx.get(f"{sandbox.url}/client/files/{file}", params={"as": person.id}).status_code


def test_what_may_not_be_uploaded_is_said_in_a_sentence(
    sandbox: Sandbox, general: Room, lee: Actor, rae: Actor
) -> None:
    assert send_up(sandbox, lee, content=b"")["message"] == "This file is empty."
    assert send_up(sandbox, lee, content=bytes(50_000_001))["error"] == "file_upload_size_restricted"
    file = send_up(sandbox, lee)["file"]
    with pytest.raises(Refused, match="not here any more"):
        rae.does("say", channel=general.id, text="Not mine", files=[file])
    many = [send_up(sandbox, lee)["file"] for _ in range(11)]
    with pytest.raises(Refused, match="at most 10 files"):
        lee.does("say", channel=general.id, text="Too many", files=many)
    sandbox.team(disable_file_uploads="disable_all")
    assert send_up(sandbox, lee)["message"] == "This workspace lets nobody upload files."
