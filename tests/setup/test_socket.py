"""`response setup` by Socket Mode: no address, and an app-level token that is tried out."""

import pytest
import yaml
from dotenv import dotenv_values

from slack_sandbox.testing import Sandbox
from tests.setup.conftest import BOT_TOKEN, SetUp, install

APP_TOKEN = "xapp-1-A0RESPONSE-1-abc"


@pytest.fixture
def workspace(slack: Sandbox) -> Sandbox:
    """The workspace, where the app has an app-level token."""
    slack.uninstall(next(app["id"] for app in [slack.app("Response")]))
    install(slack, id="A0RESPONSE", app_token=APP_TOKEN)
    return slack


def test_it_needs_two_tokens_and_no_address(set_up: SetUp, workspace: Sandbox) -> None:
    done = set_up("--socket", "--token", BOT_TOKEN, "--app-token", APP_TOKEN)
    assert done.status == 0, done.complained
    values = dotenv_values(done.file)
    assert values["SLACK_APP_TOKEN"] == APP_TOKEN
    assert values["SITE_URL"] == "http://localhost:8000"
    assert "SLACK_SIGNING_SECRET" not in values
    made = yaml.safe_load((done.file.parent / "app.yaml").read_text())
    assert made["settings"]["socket_mode_enabled"] is True
    assert "connections:write" in done.said
    assert not workspace.deliveries()


def test_without_an_answer_it_is_socket_mode(set_up: SetUp, workspace: Sandbox) -> None:
    done = set_up(SLACK_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=APP_TOKEN)
    assert dotenv_values(done.file)["SLACK_APP_TOKEN"] == APP_TOKEN


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        (BOT_TOKEN, "--app-token: That is the bot token. The app-level token begins with xapp-"),
        ("0" * 32, "That is a secret of the app, not a token. The app-level token begins with xapp-"),
        ("xapp-1-A0RESPONSE-1-wrong", "Slack does not know this token."),
    ],
)
def test_a_wrong_app_token(set_up: SetUp, workspace: Sandbox, token: str, sentence: str) -> None:
    refused = set_up("--socket", "--token", BOT_TOKEN, "--app-token", token)
    assert sentence in refused.sentence
    assert not refused.file.exists()


def test_an_app_token_without_its_scope(set_up: SetUp, workspace: Sandbox) -> None:
    install(workspace, id="A0RESPONSE", app_token_scopes=["authorizations:read"])
    refused = set_up("--socket", "--token", BOT_TOKEN, "--app-token", APP_TOKEN)
    assert "with the scope connections:write." in refused.sentence


def test_an_app_token_of_another_app(set_up: SetUp, workspace: Sandbox) -> None:
    workspace.app("Another", id="A0ANOTHER", app_token="xapp-1-A0ANOTHER-1-abc")
    refused = set_up("--socket", "--token", BOT_TOKEN, "--app-token", "xapp-1-A0ANOTHER-1-abc")
    assert "The app-level token is another app's (A0ANOTHER) than the bot token (A0RESPONSE)." in refused.sentence
