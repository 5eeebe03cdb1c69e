"""Tokens, scopes, forms and JSON."""

from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.testing import Room, Sandbox
from tests.sandbox.conftest import Installed
from tests.sandbox.test_messages import error_of

Json = dict[str, Any]


def ask(sandbox: Sandbox, method: str, **how: Any) -> Json:
    answer = httpx.post(f"{sandbox.api_url}{method}", **how)
    assert answer.status_code == 200
    return answer.json()


def test_who_one_is(app: Installed, sandbox: Sandbox) -> None:
    assert app.client.auth_test()["user_id"] == app.bot
    assert ask(sandbox, "auth.test") == {"ok": False, "error": "not_authed"}
    wrong = {"Authorization": "Bearer xoxb-wrong"}
    assert ask(sandbox, "auth.test", headers=wrong) == {"ok": False, "error": "invalid_auth"}
    assert ask(sandbox, "auth.test", data={"token": app.client.token})["ok"], "a token may be a field of a form"
    assert ask(sandbox, "auth.test", params={"token": app.client.token})["error"] == "not_authed", "not of the address"


def test_an_unknown_method_is_named_as_such(app: Installed) -> None:
    assert error_of(app.client.api_call, api_method="chat.sing") == "unknown_method"


def test_json_needs_to_be_an_object_and_say_its_charset(app: Installed, general: Room, sandbox: Sandbox) -> None:
    bearer = {"Authorization": f"Bearer {app.client.token}"}
    said = ask(sandbox, "chat.postMessage", json={"channel": general.id, "text": "x"}, headers=bearer)
    assert (said["ok"], said["warning"]) == (True, "missing_charset")
    json_type = {**bearer, "Content-Type": "application/json; charset=utf-8"}
    assert ask(sandbox, "auth.test", content=b"{", headers=json_type)["error"] == "invalid_json"
    assert ask(sandbox, "auth.test", content=b"[]", headers=json_type)["error"] == "json_not_object"
    assert ask(sandbox, "auth.test", json={"token": app.client.token})["error"] == "not_authed"


def test_answers_look_like_slacks_on_the_wire(app: Installed, sandbox: Sandbox) -> None:
    answer = httpx.get(f"{sandbox.api_url}auth.test", headers={"Authorization": f"Bearer {app.client.token}"})
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert answer.headers["x-slack-req-id"]
    assert "http:\\/\\/" in answer.text


def test_a_missing_scope_is_named(install: Any, general: Room) -> None:
    app = install(scopes=["users:read", "channels:read"])
    with pytest.raises(SlackApiError) as raised:
        app.client.chat_postMessage(channel=general.id, text="x")
    answer = raised.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert answer["provided"] == "users:read,channels:read"
    assert error_of(app.client.conversations_create, name="x", is_private=True) == "missing_scope"
    assert error_of(app.client.conversations_list, types="private_channel") == "missing_scope"
    assert app.client.conversations_list()["ok"]


def test_strictness_can_be_put_off(install: Any, general: Room, sandbox: Sandbox) -> None:
    app = install(scopes=["channels:read"], channels=["general"])
    sandbox.settings(strict_scopes=False)
    assert app.client.chat_postMessage(channel=general.id, text="x")["ok"]


def test_an_uninstalled_app_has_no_token(app: Installed, sandbox: Sandbox) -> None:
    sandbox.uninstall(app.id)
    assert error_of(app.client.auth_test) == "account_inactive"
