"""One call of a method: who calls, with what."""

import hmac
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from slack_sandbox.acts.access import find_channel, find_person
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person
from slack_sandbox.strict_json import read_json
from slack_sandbox.webapi.tokens import Caller


@dataclass(frozen=True)
class Upload:
    """A file in a multipart form."""

    filename: str
    content_type: str
    content: bytes


SCOPE_PREFIX = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True)
class Call:
    """Arguments as they came: strings from forms, anything from JSON."""

    hub: Hub
    method: str
    caller: Caller
    args: Json
    token: str | None = None
    """What it came with, whoever it belongs to."""
    files: dict[str, Upload] = field(default_factory=dict)

    @property
    def app(self) -> App:
        """The app that calls."""
        return self.caller.app

    def client(self) -> App:
        """The app whose id and secret are among the arguments."""
        app = self.hub.workspace.app_of_client(self.text("client_id") or "")
        if app is None:
            raise SlackError("invalid_client_id")
        if not hmac.compare_digest(app.client_secret.encode(), (self.text("client_secret") or "").encode()):
            raise SlackError("bad_client_secret")
        return app

    @property
    def me(self) -> Person:
        """The bot user or the person that the token stands for."""
        return self.hub.workspace.people[self.caller.user_id]

    def now(self) -> int:
        """The workspace's time, in whole seconds."""
        return int(self.hub.clock.now())

    def text(self, name: str) -> str | None:
        """A string argument; None when absent or empty."""
        value = self.args.get(name)
        return None if value is None or value == "" else str(value)

    def required(self, name: str, error: str | None = None) -> str:
        """A string that must be there."""
        value = self.text(name)
        if value is None:
            raise SlackError(error) if error else invalid_arguments(f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean, however it is spelled."""
        value = self.args.get(name)
        return default if value in (None, "") else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, most: int, error: str | None = None) -> int:
        """A count between 1 and `most`; Slack puts right what is outside, and what is none unless there is an error."""
        value = self.text(name)
        if value is None:
            return default
        try:
            number = int(value)
        except ValueError as problem:
            if error:
                raise SlackError(error) from problem
            return default
        return min(number, most) if number > 0 else default

    def moment(self, name: str, default: float, error: str = "invalid_arguments") -> float:
        """A time in seconds."""
        value = self.text(name)
        if value is None:
            return default
        try:
            moment = float(value)
        except ValueError as problem:
            raise SlackError(error) from problem
        if not isfinite(moment):
            raise SlackError(error)
        return moment

    def names(self, name: str) -> list[str] | None:
        """A list: words with commas between, or a list in a JSON body; None when absent, each only once."""
        value = self.args.get(name)
        if value is None:
            return None
        if isinstance(value, str) and value.startswith("["):
            value = self.data(name)
        parts = value if isinstance(value, list) else str(value).split(",")
        return list(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))

    def data(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, written out in a form or as it is in a JSON body."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return read_json(value)
        except ValueError as problem:
            raise SlackError(error) from problem

    def channel(self, name: str = "channel", error: str = "channel_not_found", *, by_name: bool = False) -> Channel:
        """The channel an argument names by its id; only methods that post take a name as well."""
        return find_channel(self.hub, self.required(name, error), self.me, error, by_name=by_name)

    def person(self, name: str = "user", error: str = "user_not_found") -> Person:
        """The person an argument names."""
        return find_person(self.hub, self.required(name, error), error)

    def may(self, *scopes: str) -> bool:
        """Whether the token has at least one of these scopes, or scopes are not looked at."""
        return self.caller.may(*scopes) or not self.hub.settings.strict_scopes

    def need(self, *scopes: str) -> None:
        """Raise `missing_scope` without at least one of these."""
        if not self.may(*scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(self.caller.scopes))

    def need_for(self, channel: Channel, right: str) -> None:
        """The scope that goes with the kind of channel: read, history, write, or write.topic and its like."""
        prefix = SCOPE_PREFIX[channel.kind]
        wide: tuple[str, ...] = (f"{prefix}:write",) if right.startswith("write") else ()
        if wide and channel.kind == "public" and self.caller.kind == "bot":
            wide = ("channels:manage", "channels:write")
        self.need(*dict.fromkeys((f"{prefix}:{right}", *wide) if right != "write" else wide))
