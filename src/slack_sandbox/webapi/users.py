"""users.*: who there is. Their conversations are in conversations.py, their profiles in profiles.py."""

from slack_sandbox.acts.people import set_presence
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.payloads.people import pictures, user_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method

MOST_AT_ONCE = 1000
LARGE_TEAM = 1000
"""Slack does not say how many people make a team large."""


@method("users.list", "users:read", errors="invalid_cursor limit_required")
def list_users(call: Call) -> Json:
    """Everybody, bots and Slackbot too."""
    people = sorted(call.hub.workspace.people.values(), key=lambda person: person.id)
    if len(people) > LARGE_TEAM and call.text("limit") is None:
        raise SlackError("limit_required")
    limit = call.number("limit", MOST_AT_ONCE, MOST_AT_ONCE)
    some, cursor = page(people, lambda p: p.id, cursor=call.text("cursor"), limit=limit, kind="user")
    return {
        "members": [_shown(call, person) for person in some],
        "cache_ts": call.now(),
        "response_metadata": {"next_cursor": cursor},
    }


@method("users.info", "users:read", errors="user_not_found")
def info(call: Call) -> Json:
    """One person."""
    return {"user": _shown(call, call.person())}


@method("users.lookupByEmail", "users:read.email", errors="users_not_found")
def lookup_by_email(call: Call) -> Json:
    """The person with this address."""
    wanted = call.required("email", "users_not_found").casefold()
    for person in call.hub.workspace.people.values():
        if person.email and person.email.casefold() == wanted and not person.deleted:
            return {"user": _shown(call, person)}
    raise SlackError("users_not_found")


@method("users.identity", "identity.basic", user="identity:read identity.basic", tokens="user")
def identity(call: Call) -> Json:
    """Who has signed in, as far as they have granted."""
    team, me = call.hub.workspace.team, call.me
    user: Json = {"id": me.id, "name": me.real_name}
    if call.caller.may("identity.email") and me.email:
        user["email"] = me.email
    if call.caller.may("identity.avatar"):
        user |= pictures(call.hub, me.id)
    return {"user": user, "team": {"id": team.id} | ({"name": team.name} if call.caller.may("identity.team") else {})}


@method("users.getPresence", "users:read", instead={"user_not_found": "invalid_arguments"})
def get_presence(call: Call) -> Json:
    """Whether somebody is there; more about oneself."""
    person = call.person() if call.text("user") else call.me
    shown: Json = {"presence": person.presence}
    if person is not call.me:
        return shown
    return shown | {
        "online": person.presence == "active",
        "auto_away": False,
        "manual_away": person.presence == "away",
        "connection_count": sum(watcher.user_id == person.id for watcher in call.hub.feeds.watchers),
        "last_activity": call.now(),
    }


@method("users.setPresence", "users:write", errors="invalid_presence")
def change_presence(call: Call) -> Json:
    """Be away, or not."""
    presence = call.required("presence", "invalid_presence")
    if presence not in ("auto", "away"):
        raise SlackError("invalid_presence")
    set_presence(call.hub, call.me, "away" if presence == "away" else "active")
    return {}


@method("users.setActive", "users:write")
def set_active(_call: Call) -> Json:
    """Nothing: it is there for old apps."""
    return {}


@method(
    "users.discoverableContacts.lookup",
    "conversations.connect:manage",
    "team:read",
    tokens="bot",
)
def discover(call: Call) -> Json:
    """Whether somebody of another company can be found on Slack by an address: nobody here can."""
    if "@" not in call.required("email"):
        raise invalid_arguments("[ERROR] must be an email address [json-pointer:/email]")
    return {"is_discoverable": False}


def _shown(call: Call, person: Person) -> Json:
    shown = user_payload(call.hub, person, email=call.may("users:read.email"))
    return shown | ({"locale": "en-US"} if call.flag("include_locale") else {})
