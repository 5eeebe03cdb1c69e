"""`response setup`: from nothing to a Slack workspace that Response runs in."""

import os
import secrets
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from response.project.renamed import RENAMED
from response.setup import channel, clicks, env_file, tokens
from response.setup.answers import (
    Mistake,
    check_address,
    check_app_token,
    check_bot_token,
    check_channel,
    check_client_id,
    check_client_secret,
    check_name,
    check_secret,
    check_site,
)
from response.setup.database import check_database
from response.setup.options import parser
from response.setup.skew import TOLERATED, words_for
from response.setup.terminal import Question, Terminal
from response.setup.tokens import Workspace
from response.slack import manifest

WORKSPACE = "Slack workspace"
LOCAL_SITE = "http://localhost:8000"


def main(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Run the command. Returns the exit status."""
    given = parser().parse_args(arguments)
    try:
        Setup(given, Terminal(asks=not given.yes), environ).run()
    except Mistake as mistake:
        print(f"response: {mistake}", file=sys.stderr)
        return 1
    except EOFError:
        print("\nresponse: Stopped before everything was said. Nothing was written to .env.", file=sys.stderr)
        return 1
    return 0


def known(file: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return what is set already. As for every command, the environment overrules the file."""
    found = env_file.read(file) | dict(environ)
    for each in RENAMED:
        if each.old in found:
            found.setdefault(each.new, found[each.old])
    return found


@dataclass(frozen=True)
class App:
    """How the Slack app is to be made; without an address, Slack is reached by Socket Mode."""

    name: str
    bot_name: str
    address: str | None
    site: str


class Setup:
    """One run of the command."""

    def __init__(self, given: Namespace, terminal: Terminal, environ: Mapping[str, str]) -> None:
        self.given, self.terminal, self.environ = given, terminal, environ
        self.known = known(given.env_file, environ)
        self.api_url = given.slack_api_url or self.known.get("SLACK_API_URL") or manifest.SLACK_API

    def run(self) -> None:
        """Do all of it, step by step."""
        app = self.choose_app()
        self.offer_app(app)
        bot_token, workspace = self.take_bot_token()
        values = {"SLACK_TOKEN": bot_token, "INCIDENT_BOT_NAME": app.bot_name}
        values |= self.take_the_other(app, bot_token, workspace)
        values |= self.take_client(app, values.get("SLACK_SIGNING_SECRET", "")) | self.choose_surroundings(app)
        name, channel_id = self.prepare_channel(bot_token)
        self.store(values | {"INCIDENT_CHANNEL_NAME": name}, workspace)
        if not self.given.no_hello:
            channel.say_hello(channel_id, manifest.COMMAND["command"], channel.caller(bot_token, self.api_url))  # type: ignore[arg-type]
        self.terminal.say(clicks.next_steps(name, has_database="DATABASE_URL" in values, by_http=bool(app.address)))

    def choose_app(self) -> App:
        """Ask for the names and the way in."""
        given, ask = self.given, self.terminal.ask
        name = ask(
            Question("Name of the Slack app", "--name"),
            lambda text: check_name(text, manifest.LONGEST_NAME),
            given=given.name,
            default=manifest.NAME,
        )
        bot_name = ask(
            Question("What people mention to talk to it", "--bot-name"),
            lambda text: check_name(text, manifest.LONGEST_BOT_NAME),
            given=given.bot_name,
            default=self.known.get("INCIDENT_BOT_NAME", manifest.BOT_NAME),
        )
        address = ask(
            Question("Address with TLS at which Slack reaches Response; empty for Socket Mode (recommended)", "--http"),
            lambda text: check_address(text, self.api_url) if text else None,
            given="" if given.socket else given.http,
            default="",
        )
        site = address or ask(
            Question("Address at which people reach the pages", "--site-url"),
            check_site,
            given=given.site_url,
            default=self.known.get("SITE_URL", LOCAL_SITE),
        )
        return App(name, bot_name, address, site)

    def offer_app(self, app: App) -> None:
        """Write the manifest, and say how an app is made of it."""
        made = manifest.app_manifest(app.name, app.bot_name, app.address, manifest.sign_in_site(app.site, self.api_url))
        try:
            self.given.manifest_file.write_text(manifest.as_yaml(made), "utf-8")
        except OSError as error:
            raise Mistake(f"{self.given.manifest_file} cannot be written: {error.strerror}.") from error
        link = manifest.link(made, self.api_url)
        self.terminal.say(clicks.make_the_app(link, self.given.manifest_file, by_http=bool(app.address)))

    def take_bot_token(self) -> tuple[str, Workspace]:
        """Ask for the bot token until it works, for the workspace of before."""

        def check(text: str) -> tuple[str, Workspace]:
            token = check_bot_token(text)
            workspace = tokens.workspace_of(token, self.api_url)
            tokens.require_scopes(workspace)
            self.require_same_workspace(workspace)
            return token, workspace

        question = Question("Bot User OAuth Token (xoxb-…)", "--token", is_secret=True)
        found = self.terminal.ask(question, check, given=self.given.token, default=self.known.get("SLACK_TOKEN"))
        self.terminal.say(f"  ✓ It belongs to {found[1]}, and may do all that is needed.")
        if abs(ahead := found[1].seconds_ahead) > TOLERATED:
            self.terminal.say(
                f"  ! This machine's clock is {words_for(ahead)} Slack's. Let NTP set it: beyond 300 s every request "
                "of Slack's is refused."
            )
        return found

    def require_same_workspace(self, workspace: Workspace) -> None:
        """Raise Mistake for another workspace than that of before, unless that is meant."""
        before = env_file.comment_of(self.given.env_file, WORKSPACE)
        if before and not before.endswith(f"({workspace.team_id})") and not self.given.another_workspace:
            raise Mistake(
                f"This token belongs to {workspace}, and {self.given.env_file} is for {before}. Take a token of "
                "that one. If you are moving, start with a database of its own, and add --another-workspace."
            )

    def take_the_other(self, app: App, bot_token: str, workspace: Workspace) -> dict[str, str]:
        """Ask for what the way in needs: the app-level token, or the signing secret."""
        if app.address:
            question = Question("Signing Secret (not the Client Secret above it)", "--signing-secret", is_secret=True)
            default = self.known.get("SLACK_SIGNING_SECRET")
            secret = self.terminal.ask(question, check_secret, given=self.given.signing_secret, default=default)
            return {"SLACK_SIGNING_SECRET": secret}

        def check(text: str) -> str:
            token = check_app_token(text)
            tokens.require_socket(token, self.api_url)
            tokens.require_one_app(workspace, bot_token, token, self.api_url)
            return token

        question = Question("App-Level Token (xapp-…)", "--app-token", is_secret=True)
        default = self.known.get("SLACK_APP_TOKEN")
        token = self.terminal.ask(question, check, given=self.given.app_token, default=default)
        self.terminal.say("  ✓ Socket Mode can connect.")
        return {"SLACK_APP_TOKEN": token}

    def take_client(self, app: App, signing_secret: str) -> dict[str, str]:
        """Ask for what people need to sign in with Slack, unless they cannot or are not to."""
        given, ask = self.given, self.terminal.ask
        if not (manifest.sign_in_site(app.site, self.api_url) or given.client_id):
            return {}
        client_id = ask(
            Question("Client ID, so that people sign in with Slack; empty: not now", "--client-id"),
            check_client_id,
            given=given.client_id,
            default=self.known.get("SLACK_CLIENT_ID", ""),
        )
        if not client_id:
            return {}

        def check(text: str) -> str:
            secret = check_client_secret(text, signing_secret)
            tokens.require_client(client_id, secret, self.api_url)
            return secret

        question = Question("Client Secret", "--client-secret", is_secret=True)
        default = self.known.get("SLACK_CLIENT_SECRET")
        secret = ask(question, check, given=given.client_secret, default=default)
        self.terminal.say("  ✓ People sign in with Slack.")
        return {"SLACK_CLIENT_ID": client_id, "SLACK_CLIENT_SECRET": secret}

    def choose_surroundings(self, app: App) -> dict[str, str]:
        """Ask for the database, and add what follows from other answers."""
        database = self.terminal.ask(
            Question("PostgreSQL, as postgresql://user:password@host/name; empty: our own", "--database-url"),
            check_database,
            given=self.given.database_url,
            default=self.known.get("DATABASE_URL", ""),
        )
        values = {"SITE_URL": app.site, "SECRET_KEY": self.known.get("SECRET_KEY") or secrets.token_hex(32)}
        if database:
            values["DATABASE_URL"] = database
        if not manifest.is_slack(self.api_url):
            values["SLACK_API_URL"] = self.api_url
        return values

    def prepare_channel(self, bot_token: str) -> tuple[str, str]:
        """Ask for the incidents channel until the app is in it. Returns its name and id."""

        def check(text: str) -> tuple[str, str]:
            name = check_channel(text)
            return name, channel.prepare(name, channel.caller(bot_token, self.api_url))

        question = Question("Channel of the headline posts", "--channel")
        default = self.known.get("INCIDENT_CHANNEL_NAME", "incidents")
        found = self.terminal.ask(question, check, given=self.given.channel, default=default)
        self.terminal.say(f"  ✓ The app is in #{found[0]}.")
        return found

    def store(self, values: dict[str, str], workspace: Workspace) -> None:
        """Write the file, without replacing anything silently."""
        file, terminal = self.given.env_file, self.terminal
        there = env_file.read(file)
        other = sorted(name for name, value in values.items() if there.get(name, value) != value)
        words = f"{', '.join(other)} {'stands' if len(other) == 1 else 'stand'} in {file} with another value. Replace?"
        if other and not terminal.confirm(words, flag="--replace", given=self.given.replace):
            raise Mistake(f"{file} says something else for {', '.join(other)}, and was left as it is. Add --replace.")
        env_file.write(file, values, {"SLACK_TOKEN": f"{WORKSPACE}: {workspace}"})
        terminal.say(f"  ✓ {file} is written, for you alone to read.")
        overruled = sorted(name for name, value in values.items() if self.environ.get(name, value) != value)
        if overruled:
            terminal.say(f"  ! The environment sets {', '.join(overruled)} otherwise, and overrules {file}.")
