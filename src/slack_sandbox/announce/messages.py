"""What is told when messages come, change and go."""

from slack_sandbox.hub import Hub
from slack_sandbox.outbound.events import MESSAGES, publish
from slack_sandbox.payloads.channels import CHANNEL_TYPES
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.text.links import domain_of, links
from slack_sandbox.text.mrkdwn import people_called


def message_posted(hub: Hub, channel: Channel, message: Message) -> None:
    """A new message: `message`, and `app_mention` to each app it names."""
    payload = message_payload(hub, message)
    # Only the event has a subtype: in the history a message with files is like any other.
    told = {"type": "message", "subtype": "file_share"} | payload if message.files else payload
    _publish(hub, channel, told, message.ts)
    _publish_mentions(hub, channel, message, payload)
    _publish_links(hub, channel, message)
    metadata_changed(hub, channel, message, None)
    show(hub, channel, "message", payload)
    if message.thread_ts and (parent := channel.log.get(message.thread_ts)):
        show(hub, channel, "message_changed", message_payload(hub, parent))
    tell_unread(hub, channel)
    hub.touch()


def message_changed(hub: Hub, channel: Channel, message: Message, previous: Json) -> None:
    """An edit: a hidden `message_changed` with both versions."""
    payload = message_payload(hub, message)
    event = {"type": "message", "subtype": "message_changed", "hidden": True}
    event |= {"message": payload, "previous_message": previous}
    _publish(hub, channel, event, hub.new_ts())
    show(hub, channel, "message_changed", payload)
    hub.touch()


def message_shown_again(hub: Hub, channel: Channel, message: Message) -> None:
    """Reactions or pins of a message changed: pages draw it again, apps get other events."""
    show(hub, channel, "message_changed", message_payload(hub, message))
    hub.touch()


def message_deleted(hub: Hub, channel: Channel, message: Message, previous: Json) -> None:
    """A message is gone: a hidden `message_deleted`."""
    event = {"type": "message", "subtype": "message_deleted", "hidden": True}
    event |= {"deleted_ts": message.ts, "previous_message": previous}
    _publish(hub, channel, event, hub.new_ts())
    gone = {"type": "message_deleted", "channel": channel.id, "ts": message.ts}
    hub.feeds.tell(gone, channel.is_visible_to)
    if message.thread_ts and (parent := channel.log.get(message.thread_ts)):
        show(hub, channel, "message_changed", message_payload(hub, parent))
    hub.touch()


def ephemeral_shown(hub: Hub, channel: Channel, message: Message, *, how: str = "message") -> None:
    """Only its reader learns of an ephemeral message; no app does."""
    hub.feeds.tell(
        {"type": how, "channel": channel.id, "message": ephemeral_payload(hub, message)}, message.ephemeral_to
    )


def ephemeral_gone(hub: Hub, channel: Channel, message: Message) -> None:
    """An ephemeral message was taken away."""
    hub.feeds.tell({"type": "message_deleted", "channel": channel.id, "ts": message.ts}, message.ephemeral_to)


def ephemeral_payload(hub: Hub, message: Message) -> Json:
    """An ephemeral message as pages get it."""
    return {**message_payload(hub, message), "channel": message.channel, "is_ephemeral": True}


def show(hub: Hub, channel: Channel, how: str, payload: Json) -> None:
    """Send a message to the pages that may see its channel."""
    if hub.feeds.watchers:
        update = {"type": how, "channel": channel.id, "message": {**payload, "channel": channel.id}}
        hub.feeds.tell(update, channel.is_visible_to)


def tell_unread(hub: Hub, channel: Channel, only: str | None = None) -> None:
    """Send pages the unread counts of their person."""

    def counts(user_id: str) -> Json | None:
        if user_id not in channel.members or (only and user_id != only):
            return None
        unread, mentions = channel.unread(user_id)
        read = channel.last_read.get(user_id, "0000000000.000000")
        return {"type": "read", "channel": channel.id, "last_read": read, "unread": unread, "mentions": mentions}

    hub.feeds.tell_each(counts)


def _publish(hub: Hub, channel: Channel, payload: Json, ts: str) -> None:
    event = {**payload, "channel": channel.id, "ts": payload.get("ts", ts)}
    event |= {"event_ts": ts, "channel_type": CHANNEL_TYPES[channel.kind]}
    publish(hub, event, subscription=MESSAGES[channel.kind], channel=channel)


def _publish_mentions(hub: Hub, channel: Channel, message: Message, payload: Json) -> None:
    # Slack does not send app_mention in direct messages: the message itself is meant for the app.
    if channel.is_direct or message.subtype is not None:
        return
    called = people_called(message.text)
    event = {**payload, "type": "app_mention", "channel": channel.id, "event_ts": message.ts}
    for app in hub.workspace.apps.values():
        if app.bot_user in called and app.id != message.app_id:
            publish(hub, event, channel=channel, only=app)


def _publish_links(hub: Hub, channel: Channel, message: Message) -> None:
    """`link_shared` to each app that has a domain of the message, unless the message is its own."""
    if not (found := links(message.text)):
        return
    for app in hub.workspace.apps.values():
        shared = [{"domain": domain, "url": url} for url in found if (domain := domain_of(url, app.unfurl_domains))]
        if not shared or app.id == message.app_id:
            continue
        event: Json = {
            "type": "link_shared",
            "channel": channel.id,
            "user": message.user,
            "message_ts": message.ts,
            "links": shared,
            "is_bot_user_member": app.bot_user in channel.members,
            "unfurl_id": f"{channel.id}-{message.ts}",
            "source": "conversations_history",
            "event_ts": hub.new_ts(),
        }
        if message.thread_ts:
            event["thread_ts"] = message.thread_ts
        publish(hub, event, channel=channel, only=app, everywhere=True)


def metadata_changed(hub: Hub, channel: Channel, message: Message, previous: Json | None) -> None:
    """Metadata came, changed or went: `previous` is what it was."""
    if (message.metadata or None) == (previous or None):
        return
    changes: Json = {"previous_metadata": previous} if previous else {}
    changes |= {"metadata": message.metadata} if message.metadata else {"deleted_ts": message.ts}
    event: Json = {
        "type": f"message_metadata_{HOW[tuple(changes)]}",
        "app_id": message.app_id,
        "bot_id": message.bot_id,
        "user_id": message.user,
        "team_id": hub.workspace.team.id,
        "channel_id": channel.id,
        "message_ts": message.ts,
        "event_ts": hub.new_ts(),
        **changes,
    }
    publish(hub, event, channel=channel)


HOW: dict[tuple[str, ...], str] = {
    ("metadata",): "posted",
    ("previous_metadata", "metadata"): "updated",
    ("previous_metadata", "deleted_ts"): "deleted",
}
