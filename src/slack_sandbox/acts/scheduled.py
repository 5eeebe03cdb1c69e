"""Messages that are to be sent later."""

from dataclasses import asdict, replace

from slack_sandbox.acts.messages import Draft, post
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person

FURTHEST_SECONDS = 120 * 24 * 3600
MOST_IN_WINDOW = 30
WINDOW_SECONDS = 300
TOO_LATE_SECONDS = 60
"""What is sent within a minute can no longer be taken back."""


def schedule(hub: Hub, channel: Channel, by: Person, draft: Draft, post_at: int) -> Json:
    """Send a message then. Raises `time_in_past`, `time_too_far` or `restricted_too_many`."""
    now = hub.clock.now()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FURTHEST_SECONDS:
        raise SlackError("time_too_far")
    near = [
        each
        for each in hub.workspace.scheduled.values()
        if each["channel_id"] == channel.id and abs(each["post_at"] - post_at) < WINDOW_SECONDS
    ]
    if len(near) >= MOST_IN_WINDOW:
        raise SlackError("restricted_too_many")
    item: Json = {
        "id": new_id("Q"),
        "channel_id": channel.id,
        "post_at": post_at,
        "date_created": int(now),
        "text": draft.text,
        "user": by.id,
        "app_id": draft.via.id if draft.via else "",
        "draft": asdict(replace(draft, via=None)),
    }
    hub.workspace.scheduled[item["id"]] = item
    arm(hub, item)
    hub.touch()
    return item


def arm(hub: Hub, item: Json) -> None:
    """See to it that a scheduled message is sent when its time comes."""
    hub.timers.at(item["id"], item["post_at"], lambda: _send(hub, item))


def unschedule(hub: Hub, item: Json) -> None:
    """Do not send it. Raises `invalid_scheduled_message_id` when it is too late."""
    if item["post_at"] - hub.clock.now() < TOO_LATE_SECONDS:
        raise SlackError("invalid_scheduled_message_id")
    hub.timers.cancel(item["id"])
    del hub.workspace.scheduled[item["id"]]
    hub.touch()


def _send(hub: Hub, item: Json) -> None:
    space = hub.workspace
    del space.scheduled[item["id"]]
    channel, person = space.channels.get(item["channel_id"]), space.people.get(item["user"])
    app = space.apps.get(item["app_id"])
    if channel is None or channel.is_archived or person is None or app is None:
        return  # Slack sends nothing either, and tells nobody
    post(hub, channel, person, replace(Draft(**item["draft"]), via=app))
