"""What is told when channels change."""

from slack_sandbox.hub import Hub
from slack_sandbox.outbound.events import publish
from slack_sandbox.payloads.channels import channel_payload
from slack_sandbox.payloads.messages import message_payload, permalink
from slack_sandbox.payloads.pages import page_channel
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message


def channel_shown(hub: Hub, channel: Channel) -> None:
    """Send pages the channel as their person sees it now."""

    def seen(user_id: str) -> Json | None:
        if channel.is_visible_to(user_id):
            return {"type": "channel", "channel": page_channel(channel, user_id)}
        return None

    hub.feeds.tell_each(seen)
    hub.touch()


def channel_created(hub: Hub, channel: Channel) -> None:
    """A new public channel."""
    if channel.kind == "public":
        described = channel_payload(hub, channel, channel.creator)
        for key in ("is_member", "last_read"):
            described.pop(key, None)
        described["is_frozen"] = False
        event = {"type": "channel_created", "channel": described, "event_ts": hub.new_ts()}
        publish(hub, event, channel=channel, everywhere=True)
    channel_shown(hub, channel)


def direct_created(hub: Hub, channel: Channel, user: str) -> None:
    """A new direct message, begun by `user`."""
    if channel.kind == "im":
        publish(hub, {"type": "im_created", "user": user, "channel": {"id": channel.id}}, channel=channel)
    channel_shown(hub, channel)


def member_joined(hub: Hub, channel: Channel, user: str, inviter: str | None) -> None:
    """Somebody is now in the channel."""
    event = {"type": "member_joined_channel", **_membership(hub, channel, user)}
    if inviter:
        event["inviter"] = inviter
    publish(hub, event, channel=channel)
    channel_shown(hub, channel)


def member_left(hub: Hub, channel: Channel, user: str, actor: str) -> None:
    """Somebody is out; an app that was put out learns of that too."""
    publish(hub, {"type": "member_left_channel", **_membership(hub, channel, user)}, channel=channel, also=user)
    if hub.workspace.people[user].is_bot and actor != user:
        gone = "channel_left" if channel.kind == "public" else "group_left"
        event = {"type": gone, "channel": channel.id, "actor_id": actor, "event_ts": hub.new_ts()}
        publish(hub, event, channel=channel, also=user)
    if channel.kind != "public":
        hub.feeds.tell({"type": "channel_gone", "channel": channel.id}, user)
    channel_shown(hub, channel)


def channel_renamed(hub: Hub, channel: Channel) -> None:
    """The channel has a new name."""
    described = {
        "id": channel.id,
        "is_channel": True,
        "is_mpim": False,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
    }
    _channel_event(hub, channel, "rename", {"channel": described})


def channel_archived(hub: Hub, channel: Channel, user: str) -> None:
    """The channel is closed for good."""
    _channel_event(hub, channel, "archive", {"channel": channel.id, "user": user, "is_moved": 0})


def channel_unarchived(hub: Hub, channel: Channel, user: str) -> None:
    """The channel is open again."""
    _channel_event(hub, channel, "unarchive", {"channel": channel.id, "user": user})


def pin_changed(hub: Hub, channel: Channel, message: Message, pin: Json, user: str, *, added: bool) -> None:
    """A message was pinned or unpinned."""
    described = {**message_payload(hub, message), "permalink": permalink(hub, channel, message)}
    item = {
        "type": "message",
        "created": pin["created"],
        "created_by": pin["created_by"],
        "channel": channel.id,
        "message": described,
    }
    event: Json = {
        "type": "pin_added" if added else "pin_removed",
        "user": user,
        "channel_id": channel.id,
        "item": item,
        "item_user": message.user,
        "pin_count": len(channel.pins),
        "pinned_info": {
            "channel": channel.id,
            "pinned_by": pin["created_by"],
            "pinned_ts": pin["created"],
        },
        "event_ts": hub.new_ts(),
    }
    if not added:
        event["has_pins"] = bool(channel.pins)
    publish(hub, event, channel=channel)
    channel_shown(hub, channel)


def reaction_changed(hub: Hub, channel: Channel, message: Message, user: str, name: str, *, added: bool) -> None:
    """Somebody reacted to a message, or took it back."""
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": hub.new_ts(),
    }
    publish(hub, event, channel=channel)


def _membership(hub: Hub, channel: Channel, user: str) -> Json:
    return {
        "user": user,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "public" else "G",
        "team": hub.workspace.team.id,
        "event_ts": hub.new_ts(),
    }


def _channel_event(hub: Hub, channel: Channel, what: str, fields: Json) -> None:
    kind = "channel" if channel.kind == "public" else "group"
    event = {"type": f"{kind}_{what}", **fields, "event_ts": hub.new_ts()}
    publish(hub, event, channel=channel, everywhere=True)
    channel_shown(hub, channel)
