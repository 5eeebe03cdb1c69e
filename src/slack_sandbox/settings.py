"""What of Slack's timing and strictness may be changed for a test."""

from dataclasses import asdict, dataclass, fields, replace

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
    patience_seconds: float = 0.25
    """How long an event holds back the next one of the same app. Slack promises no order at all."""
    ticket_seconds: float = 30.0
    """How long the address of a WebSocket may be used."""
    connection_seconds: float = 3600.0
    """How long a WebSocket lives until it is refreshed, on the workspace's clock."""
    strict_scopes: bool = True
    """Whether a missing scope is an error, and keeps events away."""

    def changed(self, values: Json) -> "Settings":
        """These settings with some replaced; unknown names raise KeyError."""
        known = {field.name for field in fields(self)}
        if unknown := sorted(values.keys() - known):
            raise KeyError(f"no such setting: {', '.join(unknown)}. There are: {', '.join(sorted(known))}")
        values = {**values, "retry_after": tuple(values.get("retry_after", self.retry_after))}
        return replace(self, **values)

    def as_json(self) -> Json:
        """For the control API."""
        return asdict(self)
