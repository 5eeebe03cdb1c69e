"""User groups."""

from slack_sandbox.announce.people import group_changed, group_made_or_changed
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id
from slack_sandbox.shapes import Json

HANDLE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")
RESERVED = frozenset({"channel", "everyone", "here", "group"})
LONGEST_NAME = 80
LONGEST_DESCRIPTION = 140
MOST_MEMBERS = 1000


def make_group(hub: Hub, fields: Json, by: str) -> Json:
    """A new group, with nobody in it."""
    now = int(hub.clock.now())
    group: Json = {
        "id": fields.get("id") or new_id("S"),
        "team_id": hub.workspace.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": fields["name"],
        "description": fields.get("description") or "",
        "handle": fields.get("handle") or "",
        "is_external": False,
        "date_create": now,
        "date_update": now,
        "date_delete": 0,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": by,
        "updated_by": by,
        "deleted_by": None,
        "prefs": {"channels": fields.get("channels") or [], "groups": []},
        "users": [],
        "user_count": 0,
        "channel_count": len(fields.get("channels") or []),
    }
    hub.workspace.usergroups[group["id"]] = group
    group_made_or_changed(hub, group, is_new=True)
    return group


def change_group(hub: Hub, group: Json, fields: Json, by: str) -> None:
    """Give a group another name, handle, description or channels."""
    if fields.get("channels") is not None:
        group["prefs"] = {**group["prefs"], "channels": fields.pop("channels")}
        group["channel_count"] = len(group["prefs"]["channels"])
    group |= {name: value for name, value in fields.items() if value is not None}
    group |= {"date_update": int(hub.clock.now()), "updated_by": by}
    group_made_or_changed(hub, group, is_new=False)


def switch_group(hub: Hub, group: Json, by: str, *, on: bool) -> None:
    """Enable or disable a group."""
    now = int(hub.clock.now())
    group |= {"date_delete": 0 if on else now, "deleted_by": None if on else by}
    change_group(hub, group, {}, by)


def set_members(hub: Hub, group: Json, users: list[str], by: str) -> None:
    """These people are in the group, and nobody else."""
    before = group["users"]
    group |= {"users": users, "user_count": len(users), "updated_by": by}
    added, removed = [u for u in users if u not in before], [u for u in before if u not in users]
    group_changed(hub, group, added, removed)
    group["date_update"] = int(hub.clock.now())


def check_handle(hub: Hub, handle: str, own: str = "") -> None:
    """Raise unless a handle may be taken: people, channels and groups share one set of them."""
    if not handle or not set(handle) <= HANDLE or len(handle) > LONGEST_NAME:
        raise SlackError("bad_handle")
    if handle in RESERVED:
        raise SlackError("forbidden_handle")
    groups = [group["handle"] for group in hub.workspace.usergroups.values() if group["id"] != own]
    people = [person.name for person in hub.workspace.people.values()]
    if handle in groups or handle in people or hub.workspace.channel_named(handle) is not None:
        raise SlackError("handle_already_exists")


def check_name(hub: Hub, name: str, own: str = "") -> None:
    """Raise unless a group may have this name."""
    if len(name) > LONGEST_NAME:
        raise SlackError("name_too_long")
    if any(group["name"] == name and group["id"] != own for group in hub.workspace.usergroups.values()):
        raise SlackError("name_already_exists")
