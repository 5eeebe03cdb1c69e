"""The event that lets an app draw its home tab."""

from slack_sandbox.acts.channels import open_direct
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.events import publish
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.person import Person


def home_opened(hub: Hub, app: App, person: Person, tab: str) -> None:
    """Tell an app that a person looks at its `home` or `messages` tab, and what is on the home tab now."""
    bot = hub.workspace.people[app.bot_user]
    channel, _ = open_direct(hub, [person, bot])
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": hub.new_ts(),
    }
    view_id = hub.workspace.homes.get(f"{app.id}/{person.id}")
    if tab == "home" and view_id:
        event["view"] = view_payload(hub, hub.workspace.views[view_id])
    publish(hub, event, only=app)
