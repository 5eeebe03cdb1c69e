"""Users, as users.info and events give them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.person import SLACKBOT, Person

SIZES = (24, 32, 48, 72, 192, 512)


def user_payload(hub: Hub, person: Person, *, email: bool = False) -> Json:
    """The user object; the address only with the scope users:read.email."""
    label, offset = _zone(person.tz)
    return {
        "id": person.id,
        "team_id": person.team_id or hub.workspace.team.id,
        "name": person.name,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": label,
        "tz_offset": offset,
        "profile": profile_payload(hub, person, email=email),
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted or person.is_ultra_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_bot": person.is_bot and person.id != SLACKBOT,
        "is_app_user": False,
        "updated": person.updated,
        "is_email_confirmed": not person.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    } | ({"is_stranger": person.is_stranger} if person.team_id else {})


def profile_payload(hub: Hub, person: Person, *, email: bool) -> Json:
    """The profile inside a user object."""
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "status_text": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "status_text_canonical": "",
        "avatar_hash": person.id.lower(),
        "first_name": first,
        "last_name": last,
        "team": person.team_id or hub.workspace.team.id,
    } | pictures(hub, person.id)
    profile |= {name: value for name, value in person.profile.items() if name not in ("fields", "pronouns")}
    if person.photo:
        profile["is_custom_image"] = True
    if person.is_bot:
        profile |= {"api_app_id": person.app_id or "", "bot_id": person.bot_id or "", "always_active": True}
    elif email and person.email:
        profile["email"] = person.email
    return profile


def pictures(hub: Hub, owner: str, sizes: tuple[int, ...] = SIZES) -> Json:
    """Addresses of the picture with somebody's initials."""
    return {f"image_{size}": f"{hub.base_url}/avatars/{owner}.svg" for size in sizes}


def team_icon(hub: Hub) -> Json:
    """The workspace's picture."""
    return pictures(hub, hub.workspace.team.id, (34, 44, 68, 88, 102, 132, 230)) | {"image_default": True}


def bot_profile(hub: Hub, app: App) -> Json:
    """What a message by an app says about it."""
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "name": app.name,
        "icons": pictures(hub, app.bot_user, (36, 48, 72)),
        "deleted": False,
        "updated": int(app.installed),
        "team_id": hub.workspace.team.id,
    }


def _zone(name: str) -> tuple[str, int]:
    try:
        now = datetime.now(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        now = datetime.now(UTC)
    offset = now.utcoffset()
    return now.tzname() or name, int(offset.total_seconds()) if offset else 0
