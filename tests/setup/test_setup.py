"""`response setup`, against a workspace that is as strict as Slack."""

import io
import os
import pty
import re
import select
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from dotenv import dotenv_values

from response.core import clock
from response.setup.answers import Mistake
from response.setup.channel import HELLO, caller, prepare, say_hello
from response.setup.database import require_version
from response.slack.manifest import BOT_SCOPES
from slack_sandbox.testing import Sandbox, Workspace
from tests.company import Company
from tests.setup.conftest import ADDRESS, BOT_TOKEN, SECRET, SetUp, install


def test_it_writes_the_settings_and_greets_the_channel(set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
    done = set_up(*by_http)
    assert done.status == 0, done.complained
    assert stat.S_IMODE(done.file.stat().st_mode) == 0o600
    values = dotenv_values(done.file)
    assert len(values.pop("SECRET_KEY") or "") == 64
    assert values == {
        "SLACK_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
        "SITE_URL": ADDRESS,
        "INCIDENT_CHANNEL_NAME": "incidents",
        "INCIDENT_BOT_NAME": "incident",
    }
    channel = slack.show_channel("incidents")
    [hello] = [message for message in slack.messages("incidents") if message.get("blocks")]
    assert hello["user"] in channel["members"]
    assert HELLO in str(hello["blocks"])
    assert "response run" in done.said
    assert "response migrate" not in done.said


def test_it_prints_one_link_and_writes_the_manifest(
    set_up: SetUp, slack: Sandbox, by_http: list[str], tmp_path: Path
) -> None:
    done = set_up(*by_http, "--name", "Major Tom")
    [link] = [line for line in done.said.splitlines() if line.startswith("http")]
    assert link.startswith(f"{slack.url}/apps?new_app=1&manifest_yaml=")
    made = yaml.safe_load((tmp_path / "app.yaml").read_text())
    assert made["display_information"]["name"] == "Major Tom"
    assert made["settings"]["event_subscriptions"]["request_url"] == f"{ADDRESS}/slack/event"


def test_setting_up_again_changes_nothing(set_up: SetUp, by_http: list[str]) -> None:
    set_up(*by_http)
    first = (done := set_up("--http", ADDRESS)).lines()
    assert done.status == 0, done.complained
    assert set_up("--http", ADDRESS).lines() == first


def test_what_stands_in_the_file_is_not_replaced_silently(set_up: SetUp, by_http: list[str]) -> None:
    file = set_up(*by_http).file
    file.write_text(file.read_text() + "TZ=UTC\n")
    before = file.read_text()
    refused = set_up("--http", "https://elsewhere.example.com")
    assert "says something else for SITE_URL, and was left as it is. Add --replace." in refused.sentence
    assert file.read_text() == before
    assert set_up("--http", "https://elsewhere.example.com", "--replace").status == 0
    assert file.read_text() == before.replace(ADDRESS, "https://elsewhere.example.com")


def test_what_the_environment_overrules_is_told(set_up: SetUp, by_http: list[str]) -> None:
    done = set_up(*by_http, SITE_URL="http://other.example.com")
    assert "The environment sets SITE_URL otherwise, and overrules" in done.said


def test_the_originals_names_are_understood(set_up: SetUp) -> None:
    done = set_up("--http", ADDRESS, SLACK_TOKEN=BOT_TOKEN, SIGNING_SECRET=SECRET)
    assert done.status == 0, done.complained
    assert dotenv_values(done.file)["SLACK_SIGNING_SECRET"] == SECRET


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("xoxp-1-2-3", "--token: That is a user token. The bot token begins with xoxb-"),
        ("xapp-1-A1-2-3", "That is the app-level token. The bot token begins with xoxb-"),
        ("xoxe.xoxb-1-2", "a bot token that expires, because token rotation is switched on"),
        (SECRET, "That is a secret of the app, not a token"),
        ("123.456", "That is the app's client id"),
        ("xoxb-of another", "That is the bot token"),
        ("xoxb-unknown", "Slack does not know this token. On the app's page *Install App*"),
        ("", "That is empty"),
    ],
)
def test_a_wrong_bot_token(set_up: SetUp, token: str, sentence: str) -> None:
    refused = set_up("--http", ADDRESS, "--token", token, "--signing-secret", SECRET)
    assert sentence in refused.sentence
    assert not refused.file.exists()


@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        (BOT_TOKEN, "That is the bot token. The signing secret stands on"),
        ("xapp-1-A1-2-3", "That is the app-level token."),
        ("123456.789012", "That is the app's client id."),
        ("aBcDeFgHiJkLmNoPqRsTuVwX", "That is the app's old verification token."),
        ("short", "That is not what is asked for."),
    ],
)
def test_a_wrong_signing_secret(set_up: SetUp, secret: str, sentence: str) -> None:
    refused = set_up("--http", ADDRESS, "--token", BOT_TOKEN, "--signing-secret", secret)
    assert sentence in refused.sentence
    assert "--signing-secret" in refused.sentence


def test_a_missing_scope_names_what_needs_it(set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
    install(slack, scopes=sorted(set(BOT_SCOPES) - {"pins:write", "channels:join"}))
    sentence = set_up(*by_http).sentence
    assert "The app lacks channels:join (for conversations.join); pins:write (for pins.add)." in sentence
    assert "install the app again" in sentence


def test_a_token_of_another_workspace(set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
    before = set_up(*by_http).lines()
    slack.reset()
    slack.team(name="Beta", id="T0BETA")
    install(slack, bot_token="xoxb-of-beta")
    beta = ["--http", ADDRESS, "--token", "xoxb-of-beta"]
    refused = set_up(*beta)
    assert "This token belongs to Beta (T0BETA), and" in refused.sentence
    assert "is for Acme (T0ACME). Take a token of that one." in refused.sentence
    assert refused.lines() == before
    assert set_up(*beta, "--another-workspace", "--replace").status == 0


@pytest.mark.parametrize(("minutes", "words"), [(10, "600 s ahead of Slack's"), (-10, "600 s behind Slack's")])
def test_a_clock_that_is_off_is_told(set_up: SetUp, by_http: list[str], minutes: int, words: str) -> None:
    clock.move(timedelta(minutes=minutes))
    said = set_up(*by_http).said
    assert re.search(words.replace("600", r"(59|60)\d"), said)
    assert "Let NTP set it: beyond 300 s every request of Slack's is refused." in said
    clock.reset()
    assert "NTP" not in set_up(*by_http).said


def test_a_half_filled_file_is_filled(set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SLACK_TOKEN={BOT_TOKEN}\nSLACK_SIGNING_SECRET=\n")
    assert "--signing-secret: That is empty. The signing secret stands on" in set_up("--http", ADDRESS).sentence
    done = set_up("--http", ADDRESS, "--signing-secret", SECRET, "--replace")
    assert (done.status, dotenv_values(done.file)["SLACK_SIGNING_SECRET"]) == (0, SECRET)


def test_an_address_without_tls(set_up: SetUp) -> None:
    options = ["--http", "http://response.example.com", "--slack-api-url", "https://slack.com/api/"]
    assert "Slack calls only addresses with TLS: write https://response.example.com" in set_up(*options).sentence


def test_slack_cannot_be_reached(set_up: SetUp, by_http: list[str]) -> None:
    refused = set_up(*by_http, "--slack-api-url", "http://127.0.0.1:9/api/")
    assert (
        "Slack cannot be asked now (auth.test: cannot reach Slack). Check that http://127.0.0.1:9/api/"
        in refused.sentence
    )


def test_what_nobody_said_is_named(set_up: SetUp) -> None:
    assert set_up("--http", ADDRESS).sentence == "--token is missing: Bot User OAuth Token (xoxb-…)"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://localhost/x", "That is not the address of a PostgreSQL"),
        ("postgresql://127.0.0.1:9/response", "The database cannot be used: connection"),
    ],
)
def test_a_database_that_cannot_be_used(set_up: SetUp, by_http: list[str], url: str, sentence: str) -> None:
    refused = set_up(*by_http, "--database-url", url)
    assert sentence in refused.sentence
    assert not refused.file.exists()


def test_a_database_brings_a_migration(set_up: SetUp, by_http: list[str], postgres: None) -> None:
    from response.project.embedded import connection_url

    url = connection_url(Path(os.environ["RESPONSE_DATA_DIR"]))
    done = set_up(*by_http, "--database-url", url)
    assert dotenv_values(done.file)["DATABASE_URL"] == url
    assert "response migrate" in done.said


CLIENT_ID, CLIENT_SECRET = "123.456", "fedcba9876543210fedcba9876543210"


class TestSigningIn:
    @pytest.fixture(autouse=True)
    def credentials(self, slack: Sandbox) -> None:
        install(slack, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)

    def test_people_sign_in_with_slack(self, set_up: SetUp, by_http: list[str]) -> None:
        done = set_up(*by_http, "--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET)
        assert done.status == 0, done.complained
        values = dotenv_values(done.file)
        assert (values["SLACK_CLIENT_ID"], values["SLACK_CLIENT_SECRET"]) == (CLIENT_ID, CLIENT_SECRET)
        assert set_up("--http", ADDRESS).lines() == done.lines(), "they are kept"

    @pytest.mark.parametrize(
        ("client_id", "secret", "sentence"),
        [
            (BOT_TOKEN, CLIENT_SECRET, "--client-id: That is the bot token. It stands on the app's page"),
            ("9.9", CLIENT_SECRET, "--client-secret: Slack knows no app with this Client ID."),
            (CLIENT_ID, "f" * 32, "--client-secret: This is not the Client Secret of that Client ID."),
            (CLIENT_ID, SECRET, "--client-secret: That is the signing secret."),
            (CLIENT_ID, "short", "--client-secret: That is not what is asked for."),
        ],
    )
    def test_what_does_not_belong_together(
        self, set_up: SetUp, by_http: list[str], client_id: str, secret: str, sentence: str
    ) -> None:
        refused = set_up(*by_http, "--client-id", client_id, "--client-secret", secret)
        assert sentence in refused.sentence
        assert secret not in refused.sentence
        assert not refused.file.exists()

    def test_slack_sends_people_only_to_pages_with_tls(self, set_up: SetUp, tmp_path: Path) -> None:
        for site, redirects in (
            ("http://localhost:8000", None),
            (ADDRESS, [f"{ADDRESS}/accounts/with/slack/callback/"]),
        ):
            real = ["--socket", "--site-url", site, "--slack-api-url", "https://slack.com/api/", "--token", "none"]
            set_up(*real)  # it writes the manifest, and then asks nobody: the token is none
            made = yaml.safe_load((tmp_path / "app.yaml").read_text())
            assert made["oauth_config"].get("redirect_urls") == redirects


class TestChannel:
    def test_one_that_is_there_is_joined(self, set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
        Workspace(slack).channel("major-incidents", "URAE")
        assert set_up(*by_http, "--channel", "#major-incidents").status == 0
        assert len(slack.show_channel("major-incidents")["members"]) == 2

    def test_an_archived_one(self, set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
        channel = Workspace(slack).channel("incidents", "URAE")
        slack.act("rae", "archive", channel=channel.id)
        assert "#incidents is archived, and an app cannot change that" in set_up(*by_http).sentence

    def test_a_private_one(self, set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
        slack.channel("incidents", members=["URAE"], is_private=True)
        assert "a channel #incidents that the app cannot see: it is private." in set_up(*by_http).sentence

    def test_an_impossible_name(self, set_up: SetUp, by_http: list[str]) -> None:
        assert "'All Hands' is not a channel's name" in set_up(*by_http, "--channel", "All Hands").sentence

    def test_slack_asks_to_come_back(self, set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
        slack.fault("ratelimit", "conversations.list", times=1, retry_after=1)
        assert set_up(*by_http).status == 0

    def test_nothing_is_posted_when_that_is_wanted(self, set_up: SetUp, slack: Sandbox, by_http: list[str]) -> None:
        assert set_up(*by_http, "--no-hello").status == 0
        assert not [message for message in slack.messages("incidents") if message.get("blocks")]


def test_a_person_is_asked_again_until_it_works(set_up: SetUp, slack: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    slack.channel("secret", members=["URAE"], is_private=True)
    answers = [
        *("", "", "http://", ADDRESS),  # name, bot, address
        *("xoxp-wrong", "xoxb-wrong", BOT_TOKEN),
        *("short", SECRET),
        *("not a number", ""),  # nobody signs in with Slack yet
        *("", "#secret", "incidents"),  # database, channel
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(answers) + "\n"))
    done = set_up(typed="")
    assert done.status == 0, done.complained
    assert done.said.count("✗") == 6
    assert "✓ It belongs to Acme (T0ACME), and may do all that is needed." in done.said


def test_a_person_who_leaves_in_the_middle_leaves_nothing_behind(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n\n"))
    done = set_up(typed="")
    assert "Stopped before everything was said. Nothing was written to .env." in done.complained
    assert not done.file.exists()


def test_at_a_terminal_secrets_are_not_shown(slack: Sandbox, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "response", "setup", "--http", ADDRESS, "--slack-api-url", slack.api_url]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        said = ""
        for prompt, answer in {
            "Name of the Slack app [": "",
            "to talk to it [": "",
            "OAuth Token (xoxb-": BOT_TOKEN,
            "Signing Secret (not": SECRET,
            "empty: not now: ": "",
            "empty: our own: ": "",
            "headline posts [": "",
        }.items():
            said += read_until(ours, prompt)
            os.write(ours, f"{answer}\n".encode())
        said += read_until(ours, "`response doctor` says")
        assert process.wait(20) == 0
    assert BOT_TOKEN not in said
    assert SECRET not in said
    assert dotenv_values(tmp_path / ".env")["SLACK_TOKEN"] == BOT_TOKEN


def read_until(terminal: int, words: str) -> str:
    """Read what a terminal shows until these words are there."""
    said = b""
    while words not in said.decode(errors="replace"):
        assert select.select([terminal], [], [], 20)[0], f"{words!r} did not come: {said.decode(errors='replace')}"
        said += os.read(terminal, 4096)
    return said.decode()


def test_a_postgresql_that_is_too_old() -> None:
    with pytest.raises(Mistake, match="PostgreSQL 13 is too old: Response needs 14 or later"):
        require_version(130012)
    require_version(140000)


def test_the_greeting_is_answered(company: Company) -> None:
    call = caller(settings.SLACK_TOKEN, settings.SLACK_API_URL)
    say_hello(prepare("incidents", call), "/incident", call)
    hello = company.bo.waits_for(company.incidents, lambda message: "Response is set up here" in message.text)
    company.bo.presses(HELLO, in_message=hello)
    company.bo.waits_for(company.incidents, lambda message: "It works: Response hears you." in message.text)
