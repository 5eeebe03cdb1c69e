"""users.* and usergroups.*"""

from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.people import user_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method

MOST_AT_ONCE = 1000


@method("users.list", "users:read")
def list_users(call: Call) -> Json:
    """Everybody, bots and Slackbot too."""
    people = sorted(call.hub.workspace.people.values(), key=lambda person: person.id)
    limit = call.number("limit", MOST_AT_ONCE, MOST_AT_ONCE)
    some, cursor = page(people, lambda p: p.id, cursor=call.text("cursor"), limit=limit, kind="user")
    return {
        "members": [_shown(call, person) for person in some],
        "cache_ts": int(call.hub.clock.now()),
        "response_metadata": {"next_cursor": cursor},
    }


@method("users.info", "users:read")
def info(call: Call) -> Json:
    """One person."""
    return {"user": _shown(call, call.person())}


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(call: Call) -> Json:
    """The person with this address."""
    wanted = call.required("email", "users_not_found").casefold()
    for person in call.hub.workspace.people.values():
        if person.email and person.email.casefold() == wanted and not person.deleted:
            return {"user": _shown(call, person)}
    raise SlackError("users_not_found")


@method("usergroups.list", "usergroups:read")
def list_groups(call: Call) -> Json:
    """User groups; their members only when asked for."""
    groups = [group for group in call.hub.workspace.usergroups.values() if _is_wanted(call, group)]
    return {"usergroups": [_group(call, group) for group in groups]}


@method("usergroups.users.list", "usergroups:read")
def list_group_users(call: Call) -> Json:
    """The members of a group."""
    group = call.hub.workspace.usergroups.get(call.required("usergroup", "no_such_subteam"))
    if group is None or not _is_wanted(call, group):
        raise SlackError("no_such_subteam")
    return {"users": group["users"]}


def _shown(call: Call, person: Person) -> Json:
    return user_payload(call.hub, person, email=call.app.may("users:read.email"))


def _is_wanted(call: Call, group: Json) -> bool:
    return not group["date_delete"] or call.flag("include_disabled")


def _group(call: Call, group: Json) -> Json:
    shown = {key: value for key, value in group.items() if key != "users"}
    if call.flag("include_users"):
        shown["users"] = group["users"]
    if call.flag("include_count"):
        shown["user_count"] = len(group["users"])
    return shown
