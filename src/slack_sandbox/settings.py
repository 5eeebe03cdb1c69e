"""What of Slack's timing and strictness may be changed for a test."""

from dataclasses import asdict, dataclass, fields, replace

from slack_sandbox.limits import MODES
from slack_sandbox.shapes import Json


@dataclass(frozen=True)
class Settings:
    """Slack's own values by default."""

    ack_seconds: float = 3.0
    """How long the app may take to answer."""
    trigger_seconds: float = 3.0
    """How long a trigger id lives."""
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Waits before each retry of an event, in seconds of the workspace's clock."""
    retry_scale: float = 1.0
    """What these waits are multiplied by: 0.01 makes a minute of them less than a second."""
    patience_seconds: float = 0.25
    """How long an event holds back the next one of its channel. Slack promises no order at all."""
    concurrency: int = 50
    """How many requests to one app are open at once; others wait for their turn."""
    disable_minimum: int = 1000
    """How many events an hour an app must get before nearly all of them failing stops its subscriptions."""
    events_per_hour: int = 30_000
    """How many events an app is sent an hour while there are limits; then it is told app_rate_limited."""
    ticket_seconds: float = 30.0
    """How long the address of a WebSocket may be used."""
    connection_seconds: float = 3600.0
    """How long a WebSocket lives until it is refreshed, on the workspace's clock."""
    limits: str = "off"
    """Whether calls are limited: off, slack (by the tier of each method), or distributed (as slack, and
    conversations.history and .replies once a minute with 15 objects, as for apps sold outside the Marketplace)."""
    journal_kept: int = 4000
    """How many entries of the journal are kept in memory; all are in its file."""
    strict_scopes: bool = True
    """Whether a missing scope is an error, and keeps events away."""

    def changed(self, values: Json) -> "Settings":
        """These settings with some replaced; unknown names raise ValueError."""
        known = {field.name for field in fields(self)}
        if unknown := sorted(values.keys() - known):
            raise ValueError(f"no such setting: {', '.join(unknown)}. There are: {', '.join(sorted(known))}")
        if values.get("limits", self.limits) not in MODES:
            raise ValueError(f"limits are one of {', '.join(MODES)}")
        values = {**values, "retry_after": tuple(values.get("retry_after", self.retry_after))}
        return replace(self, **values)

    def as_json(self) -> Json:
        """For the control API."""
        return asdict(self)
