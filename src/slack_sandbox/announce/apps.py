"""What apps are told about themselves."""

from slack_sandbox.hub import Hub
from slack_sandbox.outbound.events import publish
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App


def tokens_revoked(hub: Hub, app: App, *, people: list[str], bots: list[str] | None = None) -> None:
    """Tokens of an app are worthless now: those of people, and its bot's."""
    event: Json = {"type": "tokens_revoked", "tokens": {"oauth": people, "bot": bots or []}}
    publish(hub, event | {"event_ts": hub.new_ts()}, only=app)
    hub.touch()


def app_uninstalled(hub: Hub, app: App) -> None:
    """An app is no longer installed: the last thing that it is told."""
    publish(hub, {"type": "app_uninstalled", "event_ts": hub.new_ts()}, only=app)
