"""One call of a method: who calls, with what."""

import json
from dataclasses import dataclass
from typing import Any

from slack_sandbox.acts.access import find_channel, find_person
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person

SCOPE_PREFIX = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True)
class Call:
    """Arguments as they came: strings from forms, anything from JSON."""

    hub: Hub
    method: str
    app: App
    args: Json
    token: str | None = None
    """What it came with, whoever it belongs to."""

    @property
    def me(self) -> Person:
        """The bot user the token stands for."""
        return self.hub.workspace.people[self.app.bot_user]

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

    def number(self, name: str, default: int, most: int) -> int:
        """A count between 1 and `most`; Slack puts right what is outside."""
        value = self.text(name)
        if value is None:
            return default
        try:
            number = int(value)
        except ValueError as error:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments") from error
        return min(number, most) if number > 0 else default

    def data(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, written out in a form or as it is in a JSON body."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as problem:
            raise SlackError(error) from problem

    def channel(self, name: str = "channel") -> Channel:
        """The channel an argument names."""
        return find_channel(self.hub, self.required(name, "channel_not_found"), self.me)

    def person(self, name: str = "user", error: str = "user_not_found") -> Person:
        """The person an argument names."""
        return find_person(self.hub, self.required(name, error), error)

    def need(self, *scopes: str) -> None:
        """Raise `missing_scope` without at least one of these."""
        if scopes and self.hub.settings.strict_scopes and not self.app.may(*scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(self.app.scopes))

    def need_for(self, channel: Channel, right: str) -> None:
        """The scope that goes with the kind of channel: read, history or write."""
        prefix = SCOPE_PREFIX[channel.kind]
        if right == "write" and channel.kind == "public":
            self.need("channels:manage", "channels:write")
        else:
            self.need(f"{prefix}:{right}")
