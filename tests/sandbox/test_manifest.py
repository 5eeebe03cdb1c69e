"""Apps made of manifests: taken and refused as Slack does, and given what they ask for and nothing else."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from referencing import Registry, Resource
from slack_sdk import WebClient

from slack_sandbox.manifest.check import BadManifest, problems, read
from slack_sandbox.testing import Actor, Refused, Room, Sandbox
from tests.sandbox.listening import ListeningApp
from tests.sandbox.shapes import FOLDER, present
from tests.sandbox.test_messages import error_of

Json = dict[str, Any]
SETS = FOLDER / "manifest"
VALID = [
    *SETS.glob("node-slack-sdk-examples/*.json"),
    *SETS.glob("slackapi-manifest-schema/tests/manifests/*/manifest.valid.json"),
    SETS / "schemastore" / "minimal.yml",
]
INVALID = [*SETS.glob("slackapi-manifest-schema/tests/manifests/*/manifest.invalid.json")]


def manifest_for(url: str, **changes: Any) -> Json:
    """A small app that listens there."""
    made: Json = {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": "Tiny"},
        "features": {
            "bot_user": {"display_name": "tiny"},
            "app_home": {"home_tab_enabled": False, "messages_tab_enabled": True},
            "slash_commands": [{"command": "/tiny", "description": "Say it", "url": f"{url}/commands"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "channels:history"]}},
        "settings": {
            "event_subscriptions": {"request_url": f"{url}/events", "bot_events": ["message.channels"]},
            "interactivity": {"is_enabled": True, "request_url": f"{url}/interactions"},
            "socket_mode_enabled": False,
        },
    }
    return made | changes


def loaded(path: Path) -> Json:
    found: Json = yaml.safe_load(path.read_text())
    return found


@present
@pytest.mark.parametrize("path", VALID, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_slack_takes_is_taken(path: Path) -> None:
    assert problems(loaded(path)) == []
    assert read(path.read_text()) == loaded(path)


@present
@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_slack_refuses_is_refused(path: Path) -> None:
    assert problems(loaded(path))


@present
def test_events_need_an_address_though_slacks_first_example_had_none() -> None:
    (problem,) = problems(loaded(SETS / "schemastore" / "slack-default-example.yml"))
    assert problem["message"] == "Event Subscription requires either Request URL or Socket Mode Enabled"


@present
def test_a_space_in_a_command_is_refused_though_the_older_schema_takes_it() -> None:
    (problem,) = problems(loaded(SETS / "schemastore" / "example.yml"))[1:]
    assert problem["pointer"] == "/features/slash_commands/1/command"


MISTAKES: list[tuple[str, Any]] = [
    ("/display_information/name", {"display_information": {"name": "x" * 36}}),
    ("/display_information", {"display_information": {}}),
    ("/features/bot_user", {"features": {}}),
    ("/settings", {"settings": {"colour": "red"}}),
    ("/settings/event_subscriptions/request_url", {"settings": {"event_subscriptions": {"request_url": "ftp://x"}}}),
    ("/oauth_config/scopes/bot", {"oauth_config": {"scopes": {"bot": "chat:write"}}}),
    ("/_metadata/major_version", {"_metadata": {"major_version": 3}}),
]


@pytest.mark.parametrize(("pointer", "changes"), MISTAKES, ids=[pointer for pointer, _ in MISTAKES])
def test_mistakes_are_named_with_their_place(pointer: str, changes: Json) -> None:
    assert pointer in [problem["pointer"] for problem in problems(manifest_for("http://127.0.0.1:1", **changes))]


def test_parts_must_fit_together() -> None:
    url = "http://127.0.0.1:1"
    no_address = manifest_for(url, settings={"event_subscriptions": {"bot_events": ["message.channels"]}})
    assert "requires either Request URL or Socket Mode" in problems(no_address)[0]["message"]
    with_socket = manifest_for(url, settings={**no_address["settings"], "socket_mode_enabled": True})
    assert problems(with_socket) == []
    unknown = manifest_for(url, oauth_config={"scopes": {"bot": ["chat:shout", "commands"]}})
    assert problems(unknown) == [
        {"message": "Invalid bot scope: chat:shout", "pointer": "/oauth_config/scopes/bot/0"},
    ]
    without = manifest_for(url, oauth_config={"scopes": {"bot": ["chat:write"]}})
    assert [problem["pointer"] for problem in problems(without)] == ["/oauth_config/scopes/bot"]


@present
def test_the_official_schema_agrees() -> None:
    folder = SETS / "slackapi-manifest-schema" / "schemas"
    official = json.loads((folder / "manifest.schema.1.0.0.json").read_text())
    registry: Registry[Any] = Registry().with_resource(official.get("$id", ""), Resource.from_contents(official))
    validator = jsonschema.Draft7Validator(official, registry=registry)
    good = manifest_for("http://127.0.0.1:1")
    assert not list(validator.iter_errors(good))
    formal = [
        changes for pointer, changes in MISTAKES if pointer not in ("/features/bot_user", "/_metadata/major_version")
    ]
    assert all(list(validator.iter_errors(good | changes)) for changes in formal)


def test_text_that_is_no_manifest_is_one_sentence() -> None:
    for text in ("{", "a: [", "- 1", ""):
        with pytest.raises(BadManifest):
            read(text)


def test_an_app_gets_what_it_asks_for_and_nothing_else(
    sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    app = sandbox.install(yaml.safe_dump(manifest_for(listener.url)), channels=["general"])
    assert app["scopes"] == ["chat:write", "commands", "channels:history"]
    client = WebClient(token=app["bot_token"], base_url=sandbox.api_url)
    assert client.chat_postMessage(channel=general.id, text="hello")["ok"]
    assert error_of(client.reactions_add, channel=general.id, timestamp="1.0", name="eyes") == "missing_scope"
    lee.reacts(lee.says(general, "one"), "eyes")
    assert lee.runs("/tiny", "", general).failure is None
    sandbox.settle()
    assert {event["type"] for event in listener.events()} == {"message"}
    with pytest.raises(Refused, match="no_such_shortcut"):
        lee.does("shortcut", callback_id="new")
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    assert error_of(client.views_publish, user_id=lee.id, view=view) == "not_enabled"
    assert error_of(client.users_list) == "missing_scope"


def test_without_interactivity_no_button_reaches_the_app(
    sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    manifest = manifest_for(listener.url)
    manifest["settings"]["interactivity"] = {"is_enabled": False}
    app = sandbox.install(manifest, channels=["general"])
    client = WebClient(token=app["bot_token"], base_url=sandbox.api_url)
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    client.chat_postMessage(channel=general.id, text="Go?", blocks=[{"type": "actions", "elements": [button]}])
    assert lee.presses("Go", in_message=lee.waits_for(general, "Go?")) == "dispatch_failed"
    assert listener.to("/interactions") == []


def test_a_bad_manifest_installs_nothing(sandbox: Sandbox) -> None:
    with pytest.raises(Refused) as refused:
        sandbox.install({"display_information": {"name": "x" * 36}})
    assert refused.value.error == "invalid_manifest"
    assert refused.value.errors[0]["pointer"] == "/display_information/name"


def test_an_app_is_made_by_method_and_installed_by_somebody(
    sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    client = WebClient(token=sandbox.config_token(), base_url=sandbox.api_url)
    manifest = manifest_for(listener.url)
    made = client.apps_manifest_create(manifest=manifest)
    assert made["credentials"]["signing_secret"]
    with pytest.raises(Refused, match="unknown_command"):
        lee.runs("/tiny", "", general)
    exported = client.apps_manifest_export(app_id=made["app_id"])["manifest"]
    assert exported["oauth_config"] == manifest["oauth_config"]
    assert problems(exported) == []
    installed = sandbox.install(manifest)
    assert installed["id"] == made["app_id"]
    assert installed["signing_secret"] == made["credentials"]["signing_secret"]
    assert lee.runs("/tiny", "", general).failure is None


def test_new_scopes_wait_for_the_next_installation(sandbox: Sandbox, listener: ListeningApp, general: Room) -> None:
    app = sandbox.install(manifest_for(listener.url))
    wider = manifest_for(listener.url)
    wider["oauth_config"] = {"scopes": {"bot": ["chat:write", "commands", "users:read"]}}
    config = WebClient(token=sandbox.config_token(), base_url=sandbox.api_url)
    assert config.apps_manifest_update(app_id=app["id"], manifest=wider)["permissions_updated"] is True
    client = WebClient(token=app["bot_token"], base_url=sandbox.api_url)
    assert error_of(client.users_list) == "missing_scope"
    sandbox.install(wider)
    assert client.users_list()["ok"]
