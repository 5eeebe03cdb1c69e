"""The workspace: everything that is remembered."""

from dataclasses import dataclass, field

from slack_sandbox.ids import Timestamps
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import SLACKBOT, Person
from slack_sandbox.state.view import View


@dataclass(slots=True)
class Team:
    """The workspace's own name and id."""

    id: str = "T0SANDBOX1"
    name: str = "Sandbox"
    domain: str = "sandbox"


@dataclass(slots=True)
class Workspace:
    """People, channels, apps and open views, by id."""

    team: Team = field(default_factory=Team)
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    usergroups: dict[str, Json] = field(default_factory=dict)
    emoji: dict[str, str] = field(default_factory=dict)
    """Custom emoji: name -> image URL or `alias:name`."""
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    """User id -> ids of the open modals, top last."""
    homes: dict[str, str] = field(default_factory=dict)
    """"app_id/user_id" -> view id."""
    timestamps: Timestamps = field(default_factory=Timestamps)

    def __post_init__(self) -> None:
        self.people.setdefault(SLACKBOT, Person(SLACKBOT, "slackbot", "Slackbot", color="757575"))

    def channel_named(self, name: str) -> Channel | None:
        """The channel of that name, archived or not. Direct messages have none."""
        wanted = (c for c in self.channels.values() if c.name == name and not c.is_direct)
        return next(wanted, None)

    def person_named(self, name: str) -> Person | None:
        """By handle, then by the names people see; `@` in front does not matter."""
        name = name.removeprefix("@").casefold()
        for person in self.people.values():
            if name in (person.name, person.shown_name.casefold(), person.real_name.casefold()):
                return person
        return None

    def direct_channel(self, members: set[str]) -> Channel | None:
        """The direct message between exactly these people."""
        for channel in self.channels.values():
            if channel.is_direct and channel.members.keys() == members:
                return channel
        return None

    def app_of_bot(self, user_id: str) -> App | None:
        """The app whose bot user this is."""
        person = self.people.get(user_id)
        return self.apps.get(person.app_id) if person and person.app_id else None

    def app_with_token(self, token: str) -> App | None:
        """The app this bot token belongs to."""
        return next((app for app in self.apps.values() if app.bot_token == token), None)

    def app_of_client(self, client_id: str) -> App | None:
        """The app with this client id."""
        return next((app for app in self.apps.values() if client_id and app.client_id == client_id), None)

    def app_with_app_token(self, token: str) -> App | None:
        """The app this app-level token belongs to."""
        return next((app for app in self.apps.values() if token and app.app_token == token), None)

    def stack(self, user_id: str) -> list[View]:
        """The open modals of a person, top last."""
        return [self.views[view_id] for view_id in self.stacks.get(user_id, ())]
