"""Trigger ids: the right to open one modal, for three seconds."""

import secrets
from dataclasses import dataclass

from slack_sandbox.errors import SlackError

KEPT = 1000


@dataclass(slots=True)
class Trigger:
    """Who did what, where the app may answer with a modal."""

    app_id: str
    user_id: str
    expires: float
    view_id: str | None = None
    """The modal it was done in."""
    used: bool = False


class Triggers:
    """Those given out lately; they expire by the workspace's clock."""

    def __init__(self) -> None:
        self._given: dict[str, Trigger] = {}

    def issue(self, trigger: Trigger) -> str:
        """A fresh trigger id of Slack's form."""
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[trigger_id] = trigger
        if len(self._given) > KEPT:
            del self._given[next(iter(self._given))]
        return trigger_id

    def redeem(self, trigger_id: str, app_id: str, *, now: float) -> Trigger:
        """Use it up. Raises Slack's error when it is not this app's, too old or used already."""
        trigger = self._given.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if now > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
