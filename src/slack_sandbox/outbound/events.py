"""Which app gets which event, and in what envelope: docs.slack.dev/apis/events-api."""

import base64
import json

from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel

MESSAGES = {"public": "message.channels", "private": "message.groups", "im": "message.im", "mpim": "message.mpim"}

SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "dnd_updated_user": ("dnd:read",),
    "emoji_changed": ("emoji:read",),
    "file_change": ("files:read",),
    "file_created": ("files:read",),
    "file_deleted": ("files:read",),
    "file_public": ("files:read",),
    "file_shared": ("files:read",),
    "group_archive": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "im_created": ("im:read",),
    "link_shared": ("links:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "message_metadata_deleted": ("metadata.message:read",),
    "message_metadata_posted": ("metadata.message:read",),
    "message_metadata_updated": ("metadata.message:read",),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_created": ("usergroups:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_join": ("users:read",),
    "team_rename": ("team:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
    "user_profile_changed": ("users:read",),
    "user_status_changed": ("users:read",),
}
"""Subscription -> scopes, any of which lets it through."""


def publish(
    hub: Hub,
    event: Json,
    *,
    subscription: str | None = None,
    channel: Channel | None = None,
    everywhere: bool = False,
    also: str | None = None,
    only: App | None = None,
) -> None:
    """Send an event to every app that asked for it, has the scope and may see the channel.

    `everywhere`: a public channel's event reaches apps that are not in it. `also`: a bot user that has just left.
    `only`: it concerns this app alone.
    """
    subscription = subscription or event["type"]
    for app in hub.workspace.apps.values() if only is None else (only,):
        if not _asked_for(hub, app, subscription, channel):
            continue
        if channel is None or _sees(app, channel, everywhere=everywhere) or app.bot_user == also:
            hub.courier.event(app, envelope(hub, app, event, channel), channel=channel.id if channel else None)


def _asked_for(hub: Hub, app: App, subscription: str, channel: Channel | None) -> bool:
    if subscription not in app.events:
        return False
    if not hub.settings.strict_scopes:
        return True
    scopes = SCOPES.get(subscription, ())
    if channel is not None and len(scopes) > 1:
        scopes = ("channels:read",) if channel.kind == "public" else ("groups:read",)
    return app.may(*scopes)


def _sees(app: App, channel: Channel, *, everywhere: bool) -> bool:
    return app.bot_user in channel.members or (everywhere and channel.kind == "public")


def envelope(hub: Hub, app: App, event: Json, channel: Channel | None) -> Json:
    """The outer event of one delivery: every app gets its own event_id."""
    team = hub.workspace.team.id
    authorization = {
        "enterprise_id": None,
        "team_id": team,
        "user_id": app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": app.verification_token,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(hub.clock.now()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": _context(team, app, event, channel),
    }


def _context(team: str, app: App, event: Json, channel: Channel | None) -> str:
    inner = {"et": event["type"], "tid": team, "aid": app.id} | ({"cid": channel.id} if channel else {})
    encoded = base64.urlsafe_b64encode(json.dumps(inner, separators=(",", ":")).encode())
    return "4-" + encoded.decode().rstrip("=")
