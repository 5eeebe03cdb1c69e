"""What a handler may ask for by naming it as a parameter, per kind of handler, and the types of it.

The names are the public API: the original's parameter names, and ours beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from response.core.models import Incident, Person
from response.plugins.pieces import Button


class Chat(Protocol):
    """The chat as a handler sees it. Everything asked of it happens soon, once, and in order."""

    def post(
        self, incident: Incident, text: str, *, buttons: Sequence[Button] = (), thread_ts: str | None = None
    ) -> None:
        """Say something in the incident's channel, or in the thread of the message `thread_ts`.

        Without a channel nothing is said.
        """

    def announce(self, incident: Incident, channel: str, text: str, *, buttons: Sequence[Button] = ()) -> None:
        """Say something about an incident in another public channel, named `#like-this` or by its id."""

    def post_under_headline(self, incident: Incident, text: str) -> None:
        """Say something in the thread of the incident's headline post."""

    def refresh_headline(self, incident: Incident) -> None:
        """Show the headline post anew, after something has changed that a plugin's button on it depends on."""

    def tell(self, person: Person, text: str, *, buttons: Sequence[Button] = ()) -> None:
        """Say something that only this person sees: in the channel where it happened, else as a direct message.

        Somebody who is not in Slack is told nothing.
        """

    def open_channel(self, incident: Incident, *, by: Person) -> bool:
        """Make the incident's channel, with reporter, lead and `by` in it. False when there is one already."""

    def rename_channel(self, incident: Incident, name: str, *, by: Person) -> None:
        """Give the incident's channel another name, as near to the one wanted as Slack allows."""

    def incidents_channel(self) -> str:
        """Return a mention of the channel of the headline posts."""


@dataclass(frozen=True)
class ActionContext:
    """The original's one argument of an action handler."""

    incident: Incident | None
    user_id: str
    message: dict[str, Any]
    value: str
    trigger_id: str
    response_url: str

    @property
    def button_value(self) -> str:
        """The name that `value` had before version 0.3.9."""
        return self.value


COMMON = ("incident", "user", "user_id", "channel_id", "comms_channel", "chat")

# What each kind of handler may name, and, in `POSITIONAL`, the documented positional signatures of the
# original that are called by position whatever their parameters are named.
NAMES: dict[str, tuple[str, ...]] = {
    "command": (*COMMON, "message", "ts", "thread_ts", "said_at", "event"),
    "keyword": (*COMMON, "keyword", "text", "ts", "thread_ts", "said_at", "event"),
    "event": (*COMMON, "event"),
    "action": (*COMMON, "message", "value", "trigger_id", "response_url", "context"),
    "dialog": (*COMMON, "submission", "changed", "response_url", "state"),
    "check": ("incident", "user", "user_id", "channel_id", "submission", "changed", "state"),
    "form": (*COMMON, "value", "text", "trigger_id", "response_url"),
    "headline": ("headline_post", "incident"),
    "reminder": ("incident", "comms_channel", "chat"),
    "hook": ("incident", "user", "changes", "comms_channel", "chat"),
}
POSITIONAL: dict[str, tuple[tuple[str, ...], ...]] = {
    "command": (("incident", "user_id", "message"),),
    "keyword": (
        ("comms_channel", "user_id", "text", "ts"),
        ("comms_channel", "user_id", "keyword", "text", "ts"),
    ),
    "event": (("incident", "event"),),
    "action": (("context",), ("incident", "user_id", "message")),
    "dialog": (("user_id", "channel_id", "texts", "response_url", "state"),),
    "check": (("submission",),),
    "form": (),
    "headline": (("headline_post",),),
    "reminder": (("incident",),),
    "hook": (("incident",),),
}
ORIGINALLY = {"texts": "submission"}
"""What the original called a value that differs from ours of that name: its submissions were texts alone."""
