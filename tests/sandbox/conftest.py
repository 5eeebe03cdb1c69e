"""A sandbox for the run, emptied before each test, with the usual people and one app that may do everything."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk import WebClient

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace
from tests.sandbox.listening import ListeningApp, listening_app
from tests.sandbox.wire import WIRE

Json = dict[str, Any]


@pytest.fixture(scope="session", autouse=True)
def postgres() -> None:
    """The sandbox needs no database."""


@pytest.fixture(autouse=True)
def real_time() -> None:
    """Nor Response's clock."""


@pytest.fixture(scope="session", autouse=True)
def only_declared_errors() -> Iterator[None]:
    """No method refuses anything for a reason that it does not declare, whatever the tests of this folder do."""
    seen: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("slack_sandbox.webapi.calling")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    assert seen == []


@pytest.fixture(scope="session")
def one_listener() -> Iterator[ListeningApp]:
    with listening_app() as app:
        yield app


@pytest.fixture
def sandbox(slack_sandbox: Sandbox) -> Iterator[Sandbox]:
    """An empty sandbox. What it answers and sends while the test runs is held against Slack's shapes."""
    since = slack_sandbox.seq()
    yield slack_sandbox
    WIRE.note(slack_sandbox.journal(since))


@pytest.fixture(scope="session", autouse=True)
def only_slacks_shapes() -> Iterator[None]:
    """Nothing goes over the wire that Slack's recordings, documentation and types do not know."""
    yield
    assert not WIRE.deviations, "\n".join(sorted(WIRE.deviations))


@pytest.fixture
def unlimited(sandbox: Sandbox) -> None:
    """Slack's rate limits are off: the test is about something else, and calls a method often."""
    sandbox.settings(limits="off")


@pytest.fixture
def listener(one_listener: ListeningApp) -> ListeningApp:
    one_listener.forget()
    return one_listener


@pytest.fixture
def workspace(slack_workspace: Workspace) -> Workspace:
    return slack_workspace


@pytest.fixture
def rae(workspace: Workspace) -> Actor:
    return workspace.person("Rae", id="U0RAE", email="rae@example.com")


@pytest.fixture
def lee(workspace: Workspace) -> Actor:
    return workspace.person("Lee", id="U0LEE", email="lee@example.com", tz="Europe/Berlin", title="SRE")


@pytest.fixture
def bo(workspace: Workspace) -> Actor:
    return workspace.person("Bo", id="U0BO")


@pytest.fixture
def oz(workspace: Workspace) -> Actor:
    return workspace.person("Oz", id="U0OZ")


@dataclass(frozen=True)
class Installed:
    """An installed app and a client with its token."""

    settings: Json
    client: WebClient

    @property
    def id(self) -> str:
        return str(self.settings["id"])

    @property
    def bot(self) -> str:
        return str(self.settings["bot_user"])

    @property
    def secret(self) -> str:
        return str(self.settings["signing_secret"])


@pytest.fixture
def install(sandbox: Sandbox, listener: ListeningApp) -> Any:
    """Install an app that listens; say what it may not do or be asked."""

    def made(name: str = "Helper", **values: Any) -> Installed:
        urls = {
            "events_url": f"{listener.url}/events",
            "interactivity_url": f"{listener.url}/interactions",
            "options_url": f"{listener.url}/interactions",
        }
        command = {"command": "/incident", "url": f"{listener.url}/commands", "usage_hint": "[what is wrong]"}
        settings = sandbox.app(name, **{**urls, "commands": [command], **values})
        sandbox.settle()
        listener.requests = []
        return Installed(settings, WebClient(token=settings["bot_token"], base_url=sandbox.api_url))

    return made


@pytest.fixture
def general(workspace: Workspace, rae: Actor, lee: Actor) -> Room:
    return workspace.channel("general", rae, lee)


@pytest.fixture
def app(install: Any, general: Room) -> Installed:
    """An app with every scope that is in #general."""
    return install(channels=["general"])
