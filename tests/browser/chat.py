"""The sandbox alone, without Response: some people, and an app of our own that offers something of everything."""

from dataclasses import dataclass

from slack_sdk import WebClient

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace
from tests.sandbox.listening import ListeningApp

SHORTCUTS = [
    {"callback_id": "keep", "name": "Keep in the timeline", "description": "Keeps a message", "type": "message"},
    {"callback_id": "report", "name": "Report an incident", "description": "From anywhere", "type": "global"},
]


@dataclass(frozen=True)
class Chat:
    """A workspace to chat in."""

    sandbox: Sandbox
    workspace: Workspace
    rae: Actor
    lee: Actor
    bo: Actor
    general: Room
    listener: ListeningApp
    app_id: str
    bot: str
    api: WebClient


def furnish(sandbox: Sandbox, listener: ListeningApp) -> Chat:
    """Empty the sandbox and put the usual people in."""
    sandbox.reset()
    listener.forget()
    workspace = Workspace(sandbox)
    rae = workspace.person("Rae", id="U0RAE", real_name="Rae Okafor", title="Support")
    lee = workspace.person("Lee", id="U0LEE", real_name="Lee Sandoval", title="SRE", tz="Europe/Berlin")
    bo = workspace.person("Bo", id="U0BO", real_name="Bo Lindqvist")
    general = workspace.channel("general", rae, lee, bo)
    interactions = f"{listener.url}/interactions"
    app = sandbox.app(
        "Helper",
        channels=["general"],
        events_url=f"{listener.url}/events",
        interactivity_url=interactions,
        options_url=interactions,
        shortcuts=SHORTCUTS,
        commands=[{"command": "/help-me", "url": f"{listener.url}/commands", "description": "Ask for help"}],
    )
    sandbox.settle()
    api = WebClient(token=app["bot_token"], base_url=sandbox.api_url)
    return Chat(sandbox, workspace, rae, lee, bo, general, listener, app["id"], app["bot_user"], api)
