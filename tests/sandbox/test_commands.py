"""Slash commands and response URLs."""

from typing import Any

import httpx
import pytest

from slack_sandbox.testing import Actor, Refused, Room, Sandbox
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Reply


def test_a_command_comes_as_a_signed_form(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    lee.runs("/incident", f"Payments &amp; refunds, {lee.mention}", general)
    (request,) = listener.to("/commands")
    assert request.is_signed_with(app.secret)
    form = request.form
    assert (form["command"], form["text"]) == ("/incident", "Payments & refunds, @lee"), "not escaped: as typed"
    assert (form["user_id"], form["channel_id"], form["channel_name"]) == (lee.id, general.id, "general")
    assert form["api_app_id"] == app.id
    assert form["trigger_id"].count(".") == 2
    assert form["response_url"].startswith("http")


def test_escaped_text_keeps_its_references(install: Any, listener: ListeningApp, general: Room, lee: Actor) -> None:
    command = {"command": "/say", "url": f"{listener.url}/commands", "should_escape": True}
    install(commands=[command])
    lee.runs("/say", f"{lee.mention} in <#{general.id}>", general)
    assert listener.to("/commands")[0].form["text"] == f"{lee.mention} in <#{general.id}|general>"


@pytest.mark.parametrize("answer", ["Thank you", {"text": "Thank you"}])
def test_the_answer_is_for_the_sender_alone(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor, rae: Actor, answer: Any
) -> None:
    listener.answers["/commands"] = lambda _: answer
    assert lee.runs("/incident", "", general).text == "Thank you"
    assert not [message for message in rae.sees(general) if message.text == "Thank you"]


def test_an_answer_for_all_follows_what_was_typed(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor, rae: Actor
) -> None:
    listener.answers["/commands"] = lambda _: {"response_type": "in_channel", "text": "On it"}
    lee.runs("/incident", "Payments", general)
    typed, answered = rae.sees(general)[-2:]
    assert (typed["user"], typed.text) == (lee.id, "/incident Payments")
    assert (answered["subtype"], answered["bot_id"]) == ("bot_message", app.settings["bot_id"])
    assert listener.event("message", subtype="bot_message")["text"] == "On it"


def test_what_goes_wrong_is_said(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    listener.answers["/commands"] = lambda _: Reply(status=500)
    assert lee.runs("/incident", "", general).failure == "http_service_error"
    sandbox.settings(ack_seconds=0.05)
    listener.answers["/commands"] = lambda _: Reply(after=0.1)
    assert lee.runs("/incident", "", general).failure == "operation_timeout"
    sandbox.settings(ack_seconds=3)
    sandbox.app("Helper", commands=[{"command": "/incident", "url": "http://127.0.0.1:9/"}])
    assert lee.runs("/incident", "", general).failure == "dispatch_failed"
    with pytest.raises(Refused, match="unknown_command"):
        lee.runs("/nothing", "", general)


def test_a_response_url_works_five_times(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    lee.runs("/incident", "", general)
    url = listener.to("/commands")[0].form["response_url"]
    statuses = [httpx.post(url, json={"text": str(number)}).status_code for number in range(6)]
    assert statuses == [200] * 5 + [404]
    assert [m.text for m in lee.sees(general) if m.is_ephemeral] == ["0", "1", "2", "3", "4"]
    assert httpx.post(url, json={"text": "x"}).json()["error"] == "used_url"
    assert httpx.post(url + "x", json={"text": "x"}).json()["error"] == "expired_url"


def test_a_response_url_works_for_half_an_hour(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    lee.runs("/incident", "", general)
    url = listener.to("/commands")[0].form["response_url"]
    sandbox.advance(29 * 60)
    assert httpx.post(url, json={"text": "just in time"}).status_code == 200
    sandbox.advance(2 * 60)
    assert httpx.post(url, json={"text": "too late"}).json()["error"] == "expired_url"


def test_the_later_app_takes_the_command(
    app: Installed, install: Any, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    install("Usurper", commands=[{"command": "/incident", "url": f"{listener.url}/other"}])
    lee.runs("/incident", "", general)
    assert (len(listener.to("/other")), len(listener.to("/commands"))) == (1, 0)
