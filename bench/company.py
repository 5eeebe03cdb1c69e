"""The company of every smoke test and measurement: its Slack workspace, its people, and Response installed in it."""

import re
from dataclasses import dataclass
from functools import cached_property

import httpx

from bench.reading import sign_in
from bench.several import InTurn
from bench.stack import Stack
from response.slack.manifest import app_manifest
from slack_sandbox.actors import Actor, Room, Workspace
from slack_sandbox.control import Sandbox
from slack_sandbox.seen import Message

MENTIONED = re.compile(r"Incident (\d+) is")


@dataclass
class Company:
    """Rae reports, Lee leads, Bo watches, and Oz is a guest, in #general only."""

    workspace: Workspace
    web_url: str
    bot: str
    rae: Actor
    lee: Actor
    bo: Actor
    oz: Actor
    general: Room
    incidents: Room
    web_urls: tuple[str, ...] = ()

    @property
    def sandbox(self) -> Sandbox:
        return self.workspace.sandbox

    @cached_property
    def pages(self) -> httpx.Client:
        """Response's pages, as Lee reads them."""
        transport = InTurn(self.web_urls) if self.web_urls else None
        return sign_in(self.web_url, self.lee.name, transport)

    def headlines(self) -> list[Message]:
        """The headline posts, oldest first, as Bo sees them now."""
        return [message for message in self.bo.sees(self.incidents) if MENTIONED.match(message.text)]


def number_of(headline: Message) -> int:
    """The incident that a headline post is about."""
    found = MENTIONED.match(headline.text)
    assert found is not None
    return int(found[1])


def press(who: Actor, words: str, message: Message) -> None:
    """Press the button of a message on which these words stand, among others."""
    who.presses(next(written for written in message.buttons if words in written), in_message=message)


def install(sandbox: Sandbox, stack: Stack) -> Company:
    """Bring in the people and their channels, and install Response as its manifest says."""
    workspace = Workspace(sandbox)
    rae, lee, bo, oz = (workspace.person(name, id=f"U{name.upper()}") for name in ("Rae", "Lee", "Bo", "Oz"))
    sandbox.person("oz", is_restricted=True)
    general = workspace.channel("general", rae, lee, bo, oz)
    incidents = workspace.channel("incidents", rae, lee, bo)
    secrets = {"bot_token": stack.bot_token, "signing_secret": stack.signing_secret}
    address = None if stack.app_token else stack.web_url
    app = sandbox.install(app_manifest(address=address), **secrets)
    return Company(workspace, stack.web_url, app["bot_user"], rae, lee, bo, oz, general, incidents, stack.web_urls)
