"""Conversations, as conversations.info and events give them."""

from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def channel_payload(hub: Hub, channel: Channel, viewer: str, *, num_members: bool = False) -> Json:
    """The conversation object as `viewer` sees it."""
    if channel.kind == "im":
        return _direct(hub, channel, viewer)
    team = hub.workspace.team.id
    is_member = viewer in channel.members
    payload: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind != "mpim",
        "is_group": False,
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "name_normalized": channel.name,
        "is_shared": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team,
        "updated": channel.updated,
        "creator": channel.creator,
        "is_ext_shared": False,
        "shared_team_ids": [team],
        "pending_connected_team_ids": [],
        "is_member": is_member,
        "topic": channel.topic,
        "purpose": channel.purpose,
        "previous_names": channel.previous_names,
    }
    if is_member:
        payload["last_read"] = channel.last_read.get(viewer, "0000000000.000000")
    if num_members:
        payload["num_members"] = len(channel.members)
    return payload


def _direct(hub: Hub, channel: Channel, viewer: str) -> Json:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": hub.workspace.team.id,
        "updated": channel.updated,
        "user": channel.other_than(viewer),
        "last_read": channel.last_read.get(viewer, "0000000000.000000"),
        "is_open": viewer not in channel.closed_for,
        "priority": 0,
    }


def command_channel_name(channel: Channel) -> str:
    """What slash commands and interactions call a conversation."""
    return {"public": channel.name, "im": "directmessage"}.get(channel.kind, "privategroup")
