"""What pages are told about modals and home tabs."""

from slack_sandbox.hub import Hub
from slack_sandbox.payloads.views import view_payload


def stack_shown(hub: Hub, user: str) -> None:
    """The modals of a person, as they are now."""
    stack = [view_payload(hub, view, state=view.values) for view in hub.workspace.stack(user)]
    hub.feeds.tell({"type": "view", "stack": stack}, user)


def home_shown(hub: Hub, app_id: str, user: str) -> None:
    """An app has published a person's home tab."""
    view = hub.workspace.views[hub.workspace.homes[f"{app_id}/{user}"]]
    hub.feeds.tell({"type": "home", "app_id": app_id, "view": view_payload(hub, view)}, user)
    hub.touch()


def failure_shown(hub: Hub, user: str, text: str) -> None:
    """What Slack tells a person when an app did not answer."""
    hub.feeds.tell({"type": "app_error", "text": text}, user)
