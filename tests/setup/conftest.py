"""A workspace with an app that nothing listens to yet, as it is right after somebody made it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from response.setup import command
from response.slack.manifest import BOT_SCOPES
from slack_sandbox.testing import Sandbox, Workspace, running_sandbox

BOT_TOKEN = "xoxb-of-the-tests"
SECRET = "0123456789abcdef0123456789abcdef"
ADDRESS = "https://response.example.com"


@pytest.fixture(scope="session")
def running_slack() -> Iterator[Sandbox]:
    """A sandbox for these tests alone."""
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def slack(running_slack: Sandbox) -> Sandbox:
    """The workspace: Rae is in it, and the app is installed."""
    running_slack.reset()
    running_slack.clear_faults()
    running_slack.team(name="Acme", id="T0ACME")
    Workspace(running_slack).person("Rae", id="URAE")
    install(running_slack)
    return running_slack


def install(slack: Sandbox, **values: object) -> None:
    """Install the app, or change it."""
    given = {"bot_name": "incident", "bot_token": BOT_TOKEN, "signing_secret": SECRET, "scopes": sorted(BOT_SCOPES)}
    slack.app("Response", **given | values)


@dataclass
class Done:
    """What one run of the command did."""

    status: int
    said: str
    complained: str
    file: Path

    @property
    def sentence(self) -> str:
        """What the command refused with: one sentence, and no traceback."""
        assert self.status == 1
        [line] = [line for line in self.complained.splitlines() if line.strip()]
        assert line.startswith("response: ")
        return line.removeprefix("response: ")

    def lines(self) -> list[str]:
        return self.file.read_text("utf-8").splitlines()


SetUp = Callable[..., Done]


@pytest.fixture
def set_up(slack: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> SetUp:
    """Run `response setup` in a folder of its own. Without `typed` nobody is asked."""

    def run(*options: str, typed: str | None = None, file: Path | None = None, **environ: str) -> Done:
        env_file = file or tmp_path / ".env"
        places = ["--env-file", str(env_file), "--manifest-file", str(tmp_path / "app.yaml")]
        silent = ["--yes"] if typed is None else []
        status = command.main([*places, "--slack-api-url", slack.api_url, *silent, *options], environ)
        said = capsys.readouterr()
        return Done(status, said.out, said.err, env_file)

    return run


@pytest.fixture
def by_http() -> list[str]:
    """Options of a set-up that succeeds, with Slack calling an address."""
    return ["--http", ADDRESS, "--token", BOT_TOKEN, "--signing-secret", SECRET]
