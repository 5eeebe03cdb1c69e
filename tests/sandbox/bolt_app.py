"""A small app as people write one with Bolt, and a walk through all of it. `node/app.js` is the same in JavaScript."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from slack_sandbox.testing import Actor, Room, Sandbox, wait_for

Json = dict[str, Any]
PATH = "/slack/events"
FORM = {
    "type": "modal",
    "callback_id": "note",
    "title": {"type": "plain_text", "text": "A note"},
    "submit": {"type": "plain_text", "text": "Keep"},
    "blocks": [
        {
            "type": "input",
            "block_id": "note",
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
HOME = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Your notes"}}]}


def manifest(url: str | None) -> Json:
    """What the app asks for: at an address, or over Socket Mode without one."""
    address = {"request_url": url + PATH} if url else {}
    command = {"command": "/note", "description": "Keep a note", "should_escape": False}
    return {
        "display_information": {"name": "Notes"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": False},
            "bot_user": {"display_name": "notes", "always_online": True},
            "slash_commands": [command | ({"url": url + PATH} if url else {})],
        },
        "oauth_config": {"scopes": {"bot": ["app_mentions:read", "chat:write", "commands", "files:write"]}},
        "settings": {
            "event_subscriptions": {"bot_events": ["app_home_opened", "app_mention"], **address},
            "interactivity": {"is_enabled": True, **address},
            "socket_mode_enabled": url is None,
        },
    }


def notes(app: Json, api_url: str) -> App:
    """The app, in Python."""
    client = WebClient(token=app["bot_token"], base_url=api_url)
    known = AuthorizeResult.from_auth_test_response(auth_test_response=client.auth_test(), bot_token=app["bot_token"])
    # Said, because Response's settings are in the environment, where Bolt looks for those of an app of many workspaces.
    bolt = App(client=client, signing_secret=app["signing_secret"], authorize=lambda: known)

    @bolt.command("/note")
    def write(ack: Any, command: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=FORM | {"private_metadata": command["channel_id"]})

    @bolt.view("note")
    def keep(ack: Any, view: Json, client: WebClient) -> None:
        text = view["state"]["values"]["note"]["text"]["value"]
        if text == "nothing":
            ack(response_action="errors", errors={"note": "Say something."})
            return
        ack()
        button = {"type": "button", "action_id": "done", "text": {"type": "plain_text", "text": "Done"}}
        blocks = [
            {"type": "section", "text": {"type": "mrkdwn", "text": text}},
            {"type": "actions", "elements": [button]},
        ]
        client.chat_postMessage(channel=view["private_metadata"], text=text, blocks=blocks)

    @bolt.action("done")
    def finish(ack: Any, body: Json, respond: Any) -> None:
        ack()
        respond(text=f"Done by <@{body['user']['id']}>", replace_original=True)

    @bolt.event("app_mention")
    def upload(event: Json, client: WebClient) -> None:
        client.files_upload_v2(channel=event["channel"], filename="notes.txt", content="one\n", initial_comment="All")

    @bolt.event("app_home_opened")
    def show_home(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=HOME)

    return bolt


class Threading(ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@contextmanager
def by_http(app: Json, sandbox: Sandbox) -> Iterator[str]:
    """Serve the app. Yields its address."""
    handler = SlackRequestHandler(notes(app, sandbox.api_url), path=PATH)
    with make_server("127.0.0.1", 0, handler, server_class=Threading, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextmanager
def by_socket(app: Json, sandbox: Sandbox) -> Iterator[None]:
    """Connect the app."""
    handler = SocketModeHandler(notes(app, sandbox.api_url), app["app_token"])
    handler.connect()
    try:
        yield
    finally:
        handler.close()


def walk(sandbox: Sandbox, app: Json, lee: Actor, room: Room) -> None:
    """Lee uses everything the app has: command, modal, action, event, upload, home tab."""
    since = sandbox.seq()
    shown = lee.runs("/note", "", room)
    assert (shown.failure, lee.modal().title) == (None, "A note")
    assert lee.submits({"Note": "nothing"}) == {"Note": "Say something."}
    assert lee.submits({"Note": "Call the bank"}) == {}
    kept = lee.waits_for(room, "Call the bank")
    assert lee.presses("Done", in_message=kept) is None
    lee.waits_for(room, f"Done by {lee.mention}")
    assert not lee.again(kept).buttons
    lee.says(room, f"<@{app['bot_user']}> give me all")
    shared = lee.waits_for(room, lambda message: message.get("files"))
    assert (shared.text, [file["name"] for file in shared["files"]]) == ("All", ["notes.txt"])
    home = wait_for(lambda: lee.home(app["id"]))
    assert home.all_text == "Your notes"
    sandbox.settle()
    answers = {call["method"]: call["answer"] for call in sandbox.calls(since=since)}
    assert {method: answer["error"] for method, answer in answers.items() if not answer["ok"]} == {}
    assert {sent["outcome"] for sent in sandbox.deliveries(since=since)} == {"ok"}
