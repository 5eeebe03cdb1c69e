"""What is told when files come, are shown and go."""

from slack_sandbox.hub import Hub
from slack_sandbox.outbound.events import publish
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.file import File


def file_event(hub: Hub, kind: str, file: File, channel: Channel | None = None) -> None:
    """`file_created`, `file_shared`, `file_public`, `file_change` or `file_deleted`: apps ask files.info for more."""
    event: Json = {"type": kind, "file_id": file.id, "event_ts": hub.new_ts()}
    if kind == "file_deleted":
        event["channel_ids"] = list(file.shares)
    else:
        event |= {"user_id": file.user, "file": {"id": file.id}}
    if kind == "file_shared" and channel is not None:
        event["channel_id"] = channel.id
    places = [channel] if channel is not None else [hub.workspace.channels[each] for each in file.shares]
    for app in hub.workspace.apps.values():
        if file.user == app.bot_user or any(app.bot_user in place.members for place in places):
            publish(hub, event, only=app)
    hub.touch()
