"""Looking into the workspace."""

from dataclasses import asdict

from slack_sandbox.announce.messages import ephemeral_payload
from slack_sandbox.hub import Hub
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.payloads.pages import page_channel, page_person
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person


def person_json(hub: Hub, person: Person) -> Json:
    """A person with what pages do not show."""
    return page_person(hub, person) | {"email": person.email, "is_admin": person.is_admin, "bot_id": person.bot_id}


def app_json(_hub: Hub, app: App) -> Json:
    """An app with its secrets."""
    return asdict(app)


def channel_json(channel: Channel) -> Json:
    """A channel as nobody in particular sees it, with its members."""
    members = list(channel.members)
    shown = page_channel(channel, members[0] if members else "")
    return shown | {"members": members, "kind": channel.kind, "message_count": len(channel.log)}


def messages_json(hub: Hub, channel: Channel, viewer: str | None, thread_ts: str | None) -> list[Json]:
    """All messages of a channel or thread, oldest first, with what only `viewer` sees; replies are among them."""
    log = channel.log
    if thread_ts:
        stored = [message for message in [log.get(thread_ts), *log.replies(thread_ts)] if message]
    else:
        stored = list(log)
    shown = [message_payload(hub, m, metadata=True) | {"channel": channel.id} for m in stored]
    shown += [ephemeral_payload(hub, m) for m in channel.ephemerals if viewer and m.ephemeral_to == viewer]
    return sorted(shown, key=lambda message: str(message["ts"]))


def stack_json(hub: Hub, user: str) -> list[Json]:
    """The open modals of a person, top last, with what is filled in."""
    return [view_payload(hub, view, state=view.values) for view in hub.workspace.stack(user)]


def home_json(hub: Hub, app_id: str, user: str) -> Json | None:
    """A person's home tab of an app."""
    view_id = hub.workspace.homes.get(f"{app_id}/{user}")
    return view_payload(hub, hub.workspace.views[view_id]) if view_id else None
