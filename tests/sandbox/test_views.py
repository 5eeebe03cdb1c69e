"""Buttons, modals, menus, shortcuts, home tabs."""

from typing import Any

import pytest

from slack_sandbox.testing import Actor, Refused, Room, Sandbox, wait_for
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Reply, Request
from tests.sandbox.test_messages import error_of

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


REPORT = {
    "type": "input",
    "block_id": "report",
    "label": plain("Report"),
    "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "Payments", "max_length": 20},
}
SEVERITY = {
    "type": "input",
    "block_id": "severity",
    "label": plain("Severity"),
    "optional": True,
    "element": {"type": "static_select", "action_id": "pick", "options": [option("Major", "2"), option("Minor", "3")]},
}
LEAD = {
    "type": "input",
    "block_id": "lead",
    "label": plain("Lead"),
    "optional": True,
    "element": {"type": "users_select", "action_id": "who"},
}
FORM = {
    "type": "modal",
    "callback_id": "report",
    "title": plain("New incident"),
    "submit": plain("Send"),
    "private_metadata": "here",
    "blocks": [REPORT, SEVERITY, LEAD],
}
BUTTONS = {
    "type": "actions",
    "block_id": "buttons",
    "elements": [{"type": "button", "action_id": "close", "value": "7", "text": plain("Close")}],
}


@pytest.fixture
def opens_form(app: Installed, listener: ListeningApp) -> Installed:
    """An app that answers its command with a form."""

    def open_form(request: Request) -> None:
        app.client.views_open(trigger_id=request.form["trigger_id"], view=FORM)

    listener.answers["/commands"] = open_form
    return app


@pytest.fixture
def post_buttons(app: Installed, general: Room) -> str:
    """The ts of a message with a button."""
    return str(app.client.chat_postMessage(channel=general.id, text="Payments", blocks=[BUTTONS])["ts"])


def test_a_form_goes_back_and_forth(
    opens_form: Installed, listener: ListeningApp, general: Room, lee: Actor, rae: Actor
) -> None:
    shown = lee.runs("/incident", "", general)
    (form,) = shown.modals
    assert form.title == "New incident"
    assert form.labels == ["Report", "Severity", "Lead"]
    assert form.value("Report") == "Payments"
    assert lee.submits({"Severity": "Minor", "Lead": rae.id}) == {}
    payload = listener.to("/interactions")[0].payload
    assert (payload["type"], payload["user"]["id"]) == ("view_submission", lee.id)
    values = payload["view"]["state"]["values"]
    assert values["report"]["text"] == {"type": "plain_text_input", "value": "Payments"}
    assert values["severity"]["pick"]["selected_option"]["value"] == "3"
    assert values["lead"]["who"] == {"type": "users_select", "selected_user": rae.id}
    assert payload["view"]["private_metadata"] == "here"
    assert lee.modals() == []


def test_slack_checks_before_the_app_is_asked(
    opens_form: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    lee.runs("/incident", "", general)
    assert "required" in lee.submits({"Report": None})["Report"]
    assert "20 characters" in lee.submits({"Report": "x" * 21})["Report"]
    assert listener.to("/interactions") == []
    assert len(lee.modals()) == 1


def test_an_untouched_field_is_null(opens_form: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    lee.runs("/incident", "", general)
    lee.submits()
    values = listener.to("/interactions")[0].payload["view"]["state"]["values"]
    assert values["severity"]["pick"] == {"type": "static_select", "selected_option": None}


def test_the_app_can_refuse_change_push_and_clear(
    opens_form: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    lee.runs("/incident", "", general)
    say = listener.answers
    say["/interactions"] = lambda _: {"response_action": "errors", "errors": {"report": "Say more."}}
    assert lee.submits() == {"Report": "Say more."}
    say["/interactions"] = lambda _: {"response_action": "update", "view": {**FORM, "title": plain("Second")}}
    lee.submits({"Severity": "Major"})
    assert lee.modal().title == "Second"
    assert lee.modal().value("Severity") == "Major", "what is filled in stays"
    say["/interactions"] = lambda _: {"response_action": "push", "view": {**FORM, "title": plain("Third")}}
    lee.submits()
    first, second = lee.modals()
    assert (second["previous_view_id"], second["root_view_id"]) == (first.id, first.id)
    lee.submits()
    with pytest.raises(Refused, match="app_error"):
        lee.submits()
    assert len(lee.modals()) == 3, "a fourth does not fit"
    say["/interactions"] = lambda _: {"response_action": "clear"}
    lee.submits()
    assert lee.modals() == []


def test_a_form_stays_when_the_app_fails(
    opens_form: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    lee.runs("/incident", "", general)
    listener.answers["/interactions"] = lambda _: Reply(status=500)
    with pytest.raises(Refused, match="trouble connecting"):
        lee.submits()
    assert lee.modal().title == "New incident"


def test_a_trigger_is_good_once_and_for_a_moment(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    lee.runs("/incident", "", general)
    trigger = listener.to("/commands")[0].form["trigger_id"]
    app.client.views_open(trigger_id=trigger, view=FORM)
    assert error_of(app.client.views_open, trigger_id=trigger, view=FORM) == "exchanged_trigger_id"
    assert error_of(app.client.views_open, trigger_id="1.2.3", view=FORM) == "invalid_trigger_id"
    lee.runs("/incident", "", general)
    late = listener.to("/commands")[1].form["trigger_id"]
    sandbox.advance(4)
    assert error_of(app.client.views_open, trigger_id=late, view=FORM) == "expired_trigger_id"


def test_views_change_by_hash_and_own_name(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    lee.runs("/incident", "", general)
    trigger = listener.to("/commands")[0].form["trigger_id"]
    view = app.client.views_open(trigger_id=trigger, view={**FORM, "external_id": "mine"})["view"]
    changed = {**FORM, "external_id": "mine", "title": plain("Changed")}
    assert error_of(app.client.views_update, external_id="mine", view=changed, hash="0.x") == "hash_conflict"
    app.client.views_update(external_id="mine", view=changed, hash=view["hash"])
    assert lee.modal().title == "Changed"
    assert error_of(app.client.views_update, view_id="V0", view=FORM) == "not_found"


def test_a_bad_view_is_refused_as_slack_does(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    lee.runs("/incident", "", general)
    trigger = listener.to("/commands")[0].form["trigger_id"]
    nameless = {name: value for name, value in FORM.items() if name != "submit"}
    assert error_of(app.client.views_open, trigger_id=trigger, view=nameless) == "invalid_arguments"
    long = {**FORM, "title": plain("x" * 25)}
    assert error_of(app.client.views_open, trigger_id=trigger, view=long) == "invalid_arguments"
    assert app.client.views_open(trigger_id=trigger, view=FORM)["ok"], "a refused view does not use the trigger up"


def test_cancelling_is_told_when_asked_for(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    lee.runs("/incident", "", general)
    trigger = listener.to("/commands")[0].form["trigger_id"]
    app.client.views_open(trigger_id=trigger, view={**FORM, "notify_on_close": True})
    lee.cancels()
    payload = listener.to("/interactions")[0].payload
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert lee.modals() == []


def test_a_button_says_where_it_was_pressed(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor, post_buttons: str
) -> None:
    message = lee.waits_for(general, "Payments")
    assert message.buttons == ["Close"]
    assert lee.presses("Close", in_message=message) is None
    (request,) = listener.to("/interactions")
    assert request.is_signed_with(app.secret)
    payload = request.payload
    assert payload["type"] == "block_actions"
    (action,) = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("close", "buttons", "7")
    assert payload["container"]["message_ts"] == post_buttons
    assert payload["channel"] == {"id": general.id, "name": "general"}
    assert payload["message"]["text"] == "Payments"
    app.client.views_open(trigger_id=payload["trigger_id"], view=FORM)
    assert lee.modal().title == "New incident"


def test_a_response_url_replaces_and_deletes_the_message(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor, post_buttons: str
) -> None:
    import httpx

    message = lee.waits_for(general, "Payments")
    lee.presses("Close", in_message=message)
    url = listener.to("/interactions")[0].payload["response_url"]
    httpx.post(url, json={"replace_original": True, "text": "Closed"}).raise_for_status()
    assert lee.again(message).text == "Closed"
    httpx.post(url, json={"delete_original": True}).raise_for_status()
    assert message.ts not in [each.ts for each in lee.sees(general)]


def test_buttons_of_an_ephemeral_message(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    import httpx

    app.client.chat_postEphemeral(channel=general.id, user=lee.id, text="Sure?", blocks=[BUTTONS])
    message = lee.waits_for(general, "Sure?")
    lee.presses("Close", in_message=message)
    payload = listener.to("/interactions")[0].payload
    assert payload["container"]["is_ephemeral"] is True
    httpx.post(payload["response_url"], json={"replace_original": True, "text": "Done"}).raise_for_status()
    assert [each.text for each in lee.sees(general) if each.is_ephemeral] == ["Done"]


def test_choosing_in_a_form_is_told_with_what_is_filled_in(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    lee.runs("/incident", "", general)
    trigger = listener.to("/commands")[0].form["trigger_id"]
    menu = {**SEVERITY, "dispatch_action": True}
    view = app.client.views_open(trigger_id=trigger, view={**FORM, "blocks": [REPORT, menu]})["view"]
    lee.presses("Severity", value="Major")
    payload = listener.to("/interactions")[0].payload
    assert payload["actions"][0]["selected_option"]["value"] == "2"
    assert payload["view"]["id"] == view["id"]
    assert payload["view"]["state"]["values"]["severity"]["pick"]["selected_option"]["value"] == "2"
    app.client.views_push(trigger_id=payload["trigger_id"], view=FORM)
    assert len(lee.modals()) == 2


def test_an_app_fills_a_menu(app: Installed, listener: ListeningApp, general: Room, lee: Actor) -> None:
    lee.runs("/incident", "", general)
    trigger = listener.to("/commands")[0].form["trigger_id"]
    menu = {**SEVERITY, "element": {"type": "external_select", "action_id": "pick"}}
    app.client.views_open(trigger_id=trigger, view={**FORM, "blocks": [menu]})
    listener.answers["/interactions"] = lambda _: {"options": [option("Payments", "p1")]}
    ids = {"view_id": lee.modal().id, "block_id": "severity", "action_id": "pick"}
    offered = lee.does("options", query="pay", **ids)
    assert [each["value"] for each in offered["options"]] == ["p1"]
    assert listener.to("/interactions")[0].payload["value"] == "pay"
    listener.answers.clear()
    assert lee.submits({"Severity": "p1"}) == {}
    state = listener.to("/interactions")[1].payload["view"]["state"]["values"]
    assert state["severity"]["pick"]["selected_option"]["text"]["text"] == "Payments"


def test_shortcuts_come_with_and_without_a_message(
    install: Any, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    shortcuts = [
        {"callback_id": "new", "name": "New incident", "type": "global"},
        {"callback_id": "pin-it", "name": "Put on the timeline", "type": "message"},
    ]
    install(shortcuts=shortcuts, channels=["general"])
    said = lee.says(general, "DNS")
    lee.does("shortcut", callback_id="new")
    lee.does("message_shortcut", callback_id="pin-it", channel=general.id, ts=said.ts)
    plain_one, on_message = (request.payload for request in listener.to("/interactions"))
    assert plain_one["type"] == "shortcut"
    assert "channel" not in plain_one
    assert (on_message["type"], on_message["message"]["text"]) == ("message_action", "DNS")
    assert on_message["response_url"]


def test_a_home_tab_is_published_when_it_is_looked_at(app: Installed, listener: ListeningApp, lee: Actor) -> None:
    assert lee.home(app.id) is None
    opened = listener.event("app_home_opened", tab="home")
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Nothing is broken."}}
    app.client.views_publish(user_id=opened["user"], view={"type": "home", "blocks": [section]})
    home = lee.home(app.id)
    assert home
    assert "Nothing is broken." in home.all_text
    again = wait_for(lambda: [event for event in listener.events("app_home_opened") if "view" in event])
    assert again[0]["view"]["id"] == home.id
