"""Uploading in three steps, who may see a file, and what apps are told."""

from typing import Any

import httpx
import pytest

from slack_sandbox.testing import Actor, Room, Sandbox
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp
from tests.sandbox.test_messages import error_of

CONTENT = b"12:01 payments fail\n"


def uploaded(app: Installed, **where: Any) -> str:
    """The id of a file that Slack's own client has brought."""
    made = app.client.files_upload_v2(filename="log.txt", content=CONTENT, title="The log", **where)
    return str(made["file"]["id"])


def test_slacks_client_uploads_a_file(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    file_id = uploaded(app, channel=general.id, initial_comment="look")
    message = lee.waits_for(general, "look")
    (shown,) = message["files"]
    assert (shown["id"], shown["title"], shown["size"]) == (file_id, "The log", len(CONTENT))
    told = listener.event("message", subtype="file_share")
    assert told["files"][0]["id"] == file_id
    assert listener.event("file_shared")["channel_id"] == general.id
    assert listener.event("file_created")["file"] == {"id": file_id}
    assert listener.event("file_public")
    file = app.client.files_info(file=file_id)["file"]
    assert file["shares"]["public"][general.id][0]["ts"] == message.ts
    assert (file["mimetype"], file["filetype"], file["channels"]) == ("text/plain", "text", [general.id])
    history = app.client.conversations_history(channel=general.id, limit=1)["messages"]
    assert history[0]["files"][0]["id"] == file_id
    assert "subtype" not in history[0], "only the event has one"


def test_its_bytes_are_for_those_who_may_see_it(app: Installed, sandbox: Sandbox, lee: Actor, oz: Actor) -> None:
    private = lee.makes_channel("quiet-talk", is_private=True)
    lee.does("invite", channel=private.id, user=app.bot)
    file = app.client.files_info(file=uploaded(app, channel=private.id))["file"]
    assert (file["is_public"], file["groups"]) == (False, [private.id])
    bearer = {"Authorization": f"Bearer {app.client.token}"}
    assert httpx.get(file["url_private"], headers=bearer).content == CONTENT
    assert httpx.get(file["url_private"]).status_code == 302, "without a token one is sent to the login page"
    seen = f"{sandbox.url}/client/files/{file['id']}"
    assert httpx.get(seen, params={"as": lee.id}).content == CONTENT
    assert httpx.get(seen, params={"as": oz.id}).status_code == 404
    outsider = sandbox.user_token(app.id, oz.id)
    assert httpx.get(file["url_private"], headers={"Authorization": f"Bearer {outsider}"}).status_code == 404


def test_a_public_address_is_for_everybody_while_it_is_on(
    app: Installed, sandbox: Sandbox, general: Room, lee: Actor
) -> None:
    file_id = uploaded(app, channel=general.id)
    token = sandbox.user_token(app.id, lee.id)
    address = app.client.files_sharedPublicURL(file=file_id, token=token)["file"]["permalink_public"]
    answer = httpx.get(address)
    assert answer.content == CONTENT
    assert answer.headers["content-security-policy"].startswith("sandbox"), "what was uploaded runs nothing here"
    app.client.files_revokePublicURL(file=file_id)
    assert httpx.get(address).status_code == 404


def test_a_file_that_is_deleted_leaves_its_message(app: Installed, general: Room, lee: Actor) -> None:
    file_id = uploaded(app, channel=general.id, initial_comment="look")
    app.client.files_delete(file=file_id)
    assert lee.waits_for(general, "look")["files"] == []
    assert error_of(app.client.files_info, file=file_id) == "file_deleted"
    assert app.client.files_list()["files"] == []


def test_fewer_bytes_than_announced_are_refused(app: Installed) -> None:
    begun = app.client.files_getUploadURLExternal(filename="a.txt", length=10)
    answer = httpx.post(begun["upload_url"], content=b"short")
    assert (answer.status_code, answer.text) == (400, "expected 10 bytes, got 5")
    assert error_of(app.client.files_completeUploadExternal, files=[{"id": begun["file_id"]}]) == "file_not_found"
    assert httpx.post(f"{begun['upload_url']}x", content=b"x").status_code == 404


@pytest.mark.parametrize("how", ["form", "bytes"])
def test_bytes_come_as_they_are_or_in_a_form(app: Installed, how: str) -> None:
    begun = app.client.files_getUploadURLExternal(filename="a.txt", length=len(CONTENT))
    sent: dict[str, Any] = {"content": CONTENT} if how == "bytes" else {"files": {"file": ("a.txt", CONTENT)}}
    assert httpx.post(begun["upload_url"], **sent).text == f"OK - {len(CONTENT)}"
    made = app.client.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "A"}])
    assert made["files"][0]["title"] == "A"


def test_files_elsewhere_are_known_and_shown(app: Installed, general: Room, lee: Actor) -> None:
    app.client.files_remote_add(external_id="doc", external_url="https://example.com/doc", title="The document")
    app.client.files_remote_add(external_id="doc", external_url="https://example.com/doc", title="Renamed")
    (listed,) = app.client.files_remote_list()["files"]
    assert (listed["title"], listed["is_external"]) == ("Renamed", True)
    app.client.files_remote_share(external_id="doc", channels=general.id)
    assert lee.sees(general)[-1]["files"][0]["url_private"] == "https://example.com/doc"
    app.client.files_remote_remove(external_id="doc")
    assert app.client.files_remote_list()["files"] == []
