"""The workspace: everything that is remembered."""

from dataclasses import dataclass, field

from slack_sandbox.ids import Timestamps, new_secret
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.file import File
from slack_sandbox.state.person import COLORS, SLACKBOT, Person
from slack_sandbox.state.view import View


@dataclass(slots=True)
class Team:
    """The workspace's own name and id."""

    id: str = "T0SANDBOX1"
    name: str = "Sandbox"
    domain: str = "sandbox"
    plan: str = "std"
    """free, std, plus or enterprise: what of Slack there is to use."""
    msg_edit_window_mins: int = -1
    """How long after it was sent a message may be changed; -1: always."""
    who_can_post_general: str = "everyone"
    """everyone or admin."""
    disable_file_uploads: str = "allow_all"
    """allow_all, disable_all_except_images or disable_all."""
    profile_fields: list[Json] = field(default_factory=list)


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
    dead_tokens: dict[str, str] = field(default_factory=dict)
    """Tokens that were good once -> what Slack says to them now."""
    scheduled: dict[str, Json] = field(default_factory=dict)
    """Messages that are to be sent later."""
    connect_invites: dict[str, Json] = field(default_factory=dict)
    """Invitations to people of other companies."""
    files: dict[str, File] = field(default_factory=dict)
    created: dict[str, App] = field(default_factory=dict)
    """Apps that are made and not installed."""
    gone: dict[str, App] = field(default_factory=dict)
    """Apps that were uninstalled while something for them was on its way."""
    logins: dict[str, Json] = field(default_factory=dict)
    integration_log: list[Json] = field(default_factory=list)
    config_token: str = ""
    """The app configuration token, for apps.manifest.*."""

    def __post_init__(self) -> None:
        self.people.setdefault(SLACKBOT, Person(SLACKBOT, "slackbot", "Slackbot", color="757575"))
        self.config_token = self.config_token or f"xoxe.xoxp-1-{new_secret(32)}"

    @property
    def next_color(self) -> str:
        """For somebody new; the first sixteen people differ."""
        return COLORS[len(self.people) % len(COLORS)]

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

    def note_integration(self, app: App, change: str, now: float) -> None:
        """Write down that an app was `added`, `updated` or `removed`."""
        log = {"app_id": app.id, "app_type": app.name, "change_type": change, "date": str(int(now))}
        log |= {"user_id": SLACKBOT, "user_name": "slackbot", "scope": ",".join(app.scopes)}
        self.integration_log.append(log)

    def note_login(self, person: Person, address: str, agent: str, now: int) -> None:
        """Write down that somebody has opened the workspace in a browser."""
        known = self.logins.get(person.id, {"date_first": now, "count": 0})
        self.logins[person.id] = {
            "user_id": person.id,
            "username": person.name,
            "date_first": known["date_first"],
            "date_last": now,
            "count": known["count"] + 1,
            "ip": address,
            "user_agent": agent,
            "isp": None,
            "country": None,
            "region": None,
        }

    def app_of_client(self, client_id: str) -> App | None:
        """The app with this client id."""
        known = [*self.apps.values(), *self.created.values()]
        return next((app for app in known if client_id and app.client_id == client_id), None)

    def stack(self, user_id: str) -> list[View]:
        """The open modals of a person, top last."""
        return [self.views[view_id] for view_id in self.stacks.get(user_id, ())]
