"""usergroups.*"""

from slack_sandbox.acts import groups as acts
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

WRITING = "missing_argument permission_denied"
UPGRADE = "plan_upgrade_required"
TAKEN = dict.fromkeys(
    ("bad_handle", "forbidden_handle", "handle_already_exists", "name_too_long", "name_already_exists"),
    "permission_denied",
)
"""usergroups.update has no names of its own for these."""


@method("usergroups.list", "usergroups:read", errors=UPGRADE)
def list_groups(call: Call) -> Json:
    """User groups; their members only when asked for."""
    _need_plan(call)
    groups = [group for group in call.hub.workspace.usergroups.values() if _is_wanted(call, group)]
    return {"usergroups": [_shown(call, group) for group in groups]}


@method("usergroups.users.list", "usergroups:read", errors=f"no_such_subteam {UPGRADE}")
def list_members(call: Call) -> Json:
    """The members of a group."""
    _need_plan(call)
    group = call.hub.workspace.usergroups.get(call.required("usergroup", "no_such_subteam"))
    if group is None or not _is_wanted(call, group):
        raise SlackError("no_such_subteam")
    return {"users": group["users"]}


@method(
    "usergroups.create",
    "usergroups:write",
    errors="bad_handle description_too_long forbidden_handle handle_already_exists invalid_channel_provided"
    " missing_subteam_name name_already_exists name_too_long paid_teams_only",
)
def create(call: Call) -> Json:
    """Make a group, with nobody in it."""
    _need_plan(call, "paid_teams_only")
    name = call.required("name", "missing_subteam_name")
    fields = _fields(call)
    acts.check_name(call.hub, name)
    if fields["handle"] is not None:
        acts.check_handle(call.hub, fields["handle"])
    group = acts.make_group(call.hub, fields | {"name": name}, call.me.id)
    return {"usergroup": _shown(call, group, members=True, nulls=False)}


@method(
    "usergroups.update",
    "usergroups:write",
    errors=f"{WRITING} paid_teams_only",
    instead={**TAKEN, "description_too_long": "permission_denied", "invalid_channel_provided": "permission_denied"},
)
def update(call: Call) -> Json:
    """Change a group."""
    _need_plan(call, "paid_teams_only")
    group = _group(call)
    fields = _fields(call) | {"name": call.text("name")}
    if fields["name"] is not None:
        acts.check_name(call.hub, fields["name"], group["id"])
    if fields["handle"] is not None:
        acts.check_handle(call.hub, fields["handle"], group["id"])
    acts.change_group(call.hub, group, fields, call.me.id)
    return {"usergroup": _shown(call, group, members=True)}


@method("usergroups.disable", "usergroups:write", errors=f"{WRITING} {UPGRADE}")
def disable(call: Call) -> Json:
    """Put a group away."""
    return _switch(call, on=False)


@method("usergroups.enable", "usergroups:write", errors=f"{WRITING} {UPGRADE}")
def enable(call: Call) -> Json:
    """Take it out again."""
    return _switch(call, on=True)


@method(
    "usergroups.users.update",
    "usergroups:write",
    errors=f"{WRITING} {UPGRADE} invalid_users no_users_provided subteam_max_users_exceeded",
)
def update_members(call: Call) -> Json:
    """Set who is in a group."""
    _need_plan(call)
    group = _group(call)
    users = call.names("users")
    if not users:
        raise SlackError("no_users_provided")
    if len(users) > acts.MOST_MEMBERS:
        raise SlackError("subteam_max_users_exceeded")
    people = call.hub.workspace.people
    if any(user not in people or people[user].deleted for user in users):
        raise SlackError("invalid_users")
    acts.set_members(call.hub, group, users, call.me.id)
    return {"usergroup": _shown(call, group, members=True)}


def _switch(call: Call, *, on: bool) -> Json:
    _need_plan(call)
    group = _group(call)
    acts.switch_group(call.hub, group, call.me.id, on=on)
    return {"usergroup": _shown(call, group, members=True, nulls=False)}


def _group(call: Call) -> Json:
    group = call.hub.workspace.usergroups.get(call.required("usergroup", "missing_argument"))
    if group is None:
        raise SlackError("permission_denied")
    return group


def _need_plan(call: Call, error: str = UPGRADE) -> None:
    if call.hub.workspace.team.plan == "free":
        raise SlackError(error)


def _fields(call: Call) -> Json:
    description, channels = call.text("description"), call.names("channels")
    if description is not None and len(description) > acts.LONGEST_DESCRIPTION:
        raise SlackError("description_too_long")
    if any(channel not in call.hub.workspace.channels for channel in channels or ()):
        raise SlackError("invalid_channel_provided")
    return {"description": description, "handle": call.text("handle"), "channels": channels}


def _is_wanted(call: Call, group: Json) -> bool:
    return not group["date_delete"] or call.flag("include_disabled")


def _shown(call: Call, group: Json, *, members: bool = False, nulls: bool = True) -> Json:
    """As it is written; `nulls` are left out where a group has just begun or ended."""
    kept = {key: value for key, value in group.items() if nulls or value is not None}
    shown = {key: value for key, value in kept.items() if key not in ("users", "user_count")}
    if members or call.flag("include_users"):
        shown["users"] = group["users"]
    if call.flag("include_count"):
        shown["user_count"] = len(group["users"])
    return shown
