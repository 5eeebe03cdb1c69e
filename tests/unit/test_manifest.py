"""The manifest: one source for scopes, events and commands, as Slack takes it."""

import ast
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
import yaml

from response.cli import main
from response.slack import manifest
from response.slack.kinds import KINDS
from slack_sandbox.outbound.events import SCOPES as SCOPES_OF_EVENTS
from slack_sandbox.webapi.routes import METHODS  # which fills them
from tests.sandbox import shapes

SRC = Path(manifest.__file__).parents[1]
ADDRESS = "https://tools.example.com/response"
BOTH = pytest.mark.parametrize("address", [None, ADDRESS], ids=["socket", "http"])


@shapes.present
@BOTH
@pytest.mark.parametrize(
    "schema", ["slackapi-manifest-schema/schemas/manifest.schema.1.0.0.json", "schemastore/slack-app-manifest.json"]
)
def test_it_is_what_slack_takes(address: str | None, schema: str) -> None:
    validator = jsonschema.validators.validator_for(shapes.load(f"manifest/{schema}"))
    made = manifest.app_manifest(address=address)
    errors = validator(shapes.load(f"manifest/{schema}")).iter_errors(made)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@shapes.present
def test_every_scope_and_event_is_one_that_slack_knows() -> None:
    facts = shapes.load("derived/webapi_method_facts.json")
    scopes = {scope for method in facts.values() for scope in method["bot_scopes"] or ()}
    # What events, commands and channels without us need stands at no method.
    assert set(manifest.BOT_SCOPES) - scopes <= {"app_mentions:read", "commands", "chat:write.public"}


@BOTH
def test_yaml_and_json_say_the_same(address: str | None) -> None:
    made = manifest.app_manifest("Major Tom", "ground-control", address)
    assert yaml.safe_load(manifest.as_yaml(made)) == json.loads(manifest.as_json(made)) == made


def test_with_an_address_slack_is_told_where_to_call() -> None:
    made = manifest.app_manifest(address=ADDRESS + "/")
    assert made["settings"]["event_subscriptions"]["request_url"] == f"{ADDRESS}/slack/event"
    assert made["settings"]["interactivity"]["request_url"] == f"{ADDRESS}/slack/action"
    assert made["features"]["slash_commands"][0]["url"] == f"{ADDRESS}/slack/slash_command"
    assert made["settings"]["socket_mode_enabled"] is False


def test_with_socket_mode_it_names_no_address() -> None:
    made = manifest.app_manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "http" not in manifest.as_yaml(made)


@pytest.mark.parametrize(
    ("api_url", "page"),
    [
        ("https://slack.com/api/", "https://api.slack.com/apps"),
        ("https://slack.com/api", "https://api.slack.com/apps"),
        ("http://localhost:3010/api/", "http://localhost:3010/apps"),
    ],
)
def test_the_link_carries_the_manifest(api_url: str, page: str) -> None:
    made = manifest.app_manifest(address=ADDRESS)
    link = urlsplit(manifest.link(made, api_url))
    assert f"{link.scheme}://{link.netloc}{link.path}" == page
    query = parse_qs(link.query)
    assert query["new_app"] == ["1"]
    assert yaml.safe_load(query["manifest_yaml"][0]) == made


def test_every_scope_says_what_needs_it() -> None:
    assert set(manifest.NEEDED_BY) == set(manifest.BOT_SCOPES)
    assert all(manifest.NEEDED_BY.values())


def calls() -> set[str]:
    """Return every method of the Web API that our code names where it calls or reads."""
    named = {method for name, kind in KINDS.items() if not name.startswith("old_") for method in kind.methods}
    for file in SRC.rglob("*.py"):
        if "compat" in file.parts or "testing" in file.parts:
            continue  # plugins for the original call what they like
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if function in {"call", "ask", "asked"} and isinstance(node.args[0].value, str):
                    named.add(node.args[0].value)
    return {method for method in named & set(METHODS) if METHODS[method].tokens != {"app"}}


def test_every_call_stands_at_the_scope_that_it_needs() -> None:
    named = calls()
    assert {"chat.postMessage", "conversations.create", "users.info", "pins.list"} <= named
    for method in sorted(named):
        needed = set(METHODS[method].scopes) & set(manifest.BOT_SCOPES)
        assert needed or not METHODS[method].scopes, f"{method} needs one of {METHODS[method].scopes}"
        listed = {scope for scope, users in manifest.NEEDED_BY.items() if method in users}
        assert listed or not needed, f"{method} stands at none of {sorted(needed)}"


def test_every_event_has_the_scope_that_it_needs() -> None:
    for event in manifest.BOT_EVENTS:
        granted = set(SCOPES_OF_EVENTS[event]) & set(manifest.BOT_SCOPES)
        assert granted, event
        assert any(event in manifest.NEEDED_BY[scope] for scope in granted), event


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--name", "Major Tom", "--bot-name", "tom", "--http", ADDRESS]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == manifest.app_manifest("Major Tom", "tom", ADDRESS)
    assert main(["manifest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == manifest.app_manifest()
    assert main(["manifest", "--link"]) == 0
    assert capsys.readouterr().out.startswith("https://api.slack.com/apps?new_app=1&manifest_yaml=")


def test_without_options_it_is_that_of_this_installation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", ADDRESS)
    monkeypatch.setenv("INCIDENT_BOT_NAME", "tom")
    assert main(["manifest"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == manifest.app_manifest(bot_name="tom", address=ADDRESS)
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    socket = manifest.app_manifest(bot_name="tom", site=ADDRESS)
    assert main(["manifest"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == socket
    assert socket["oauth_config"]["redirect_urls"] == [f"{ADDRESS}/accounts/with/slack/callback/"]
    monkeypatch.delenv("SLACK_APP_TOKEN")
    assert main(["manifest", "--socket", "--bot-name", "tom"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == socket


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--http", "http://response.example.com"], "only addresses with TLS: write https://response.example.com"),
        (["--http", "https://localhost:8000"], "Slack cannot reach localhost"),
        (["--http", "response.example.com"], "is not an address"),
        (["--http", "https://response.example.com/?a=1"], "behind ? or #"),
        (["--name", "x" * 36], "The name has 36 characters; Slack takes 35."),
        (["--name", "<!channel>"], "is not a name"),
    ],
)
def test_what_slack_would_not_take_is_a_sentence(
    options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manifest", *options]) == 1
    assert sentence in capsys.readouterr().err
