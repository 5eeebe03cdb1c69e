"""conversations.*: who is in a channel."""

from slack_sandbox.acts.access import find_person, require_member, require_named, require_open
from slack_sandbox.acts.channels import add_member, remove_member
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.payloads.channels import channel_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.conversations import AS_USER, CHANNEL, MANAGE, NOTES, READ, described
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method

MOST_INVITED = 100


@method("conversations.members", *READ, errors="channel_not_found invalid_cursor invalid_limit")
def members(call: Call) -> Json:
    """User ids of a channel's members."""
    channel = call.channel()
    call.need_for(channel, "read")
    limit = call.number("limit", 100, 999, "invalid_limit")
    some, cursor = page(list(channel.members), str, cursor=call.text("cursor"), limit=limit, kind="user")
    return {"members": some, "response_metadata": {"next_cursor": cursor}}


@method("conversations.join", "channels:join", user="channels:write", errors=f"{CHANNEL} is_archived")
def join(call: Call) -> Json:
    """Enter a public channel. Being there already is a warning, not an error."""
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    require_open(channel)
    if call.me.id in channel.members:
        warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return described(call, channel) | warned
    add_member(call.hub, channel, call.me)
    return described(call, channel)


@method(
    "conversations.invite",
    "channels:write.invites",
    "groups:write.invites",
    *NOTES,
    user=f"channels:write.invites groups:write.invites {AS_USER}",
    errors=f"{CHANNEL} already_in_channel cant_invite_self is_archived no_user not_in_channel ura_max_channels"
    " user_is_restricted user_not_found",
)
def invite(call: Call) -> Json:
    """Bring people in, a hundred at a time. One who cannot come stops all, unless `force`."""
    channel = _named(call)
    call.need_for(channel, "write.invites")
    require_open(channel)
    require_member(channel, call.me)
    people, errors = _invited(call, channel)
    if errors and not (call.flag("force") and people):
        raise SlackError(errors[0]["error"], errors=errors)
    for person in people:
        add_member(call.hub, channel, person, inviter=call.me)
    return {"channel": channel_payload(call.hub, channel, call.me.id)} | ({"errors": errors} if errors else {})


def _invited(call: Call, channel: Channel) -> tuple[list[Person], list[Json]]:
    user_ids = call.names("users")
    if not user_ids:
        raise SlackError("no_user")
    if len(user_ids) > MOST_INVITED:
        raise invalid_arguments(f"[ERROR] no more than {MOST_INVITED} users allowed")
    people: list[Person] = []
    errors: list[Json] = []
    for user_id in user_ids:
        person = call.hub.workspace.people.get(user_id)
        error = _obstacle(call, channel, person)
        if person is not None and error is None:
            people.append(person)
        else:
            errors.append({"user": user_id, "ok": False, "error": error})
    return people, errors


def _obstacle(call: Call, channel: Channel, person: Person | None) -> str | None:
    """Why somebody cannot be invited."""
    if person is None or person.deleted:
        return "user_not_found"
    if person.id == call.me.id:
        return "cant_invite_self"
    if person.id in channel.members:
        return "already_in_channel"
    if person.is_ultra_restricted and _named_channels_of(call, person):
        return "ura_max_channels"  # a guest of one channel is in one
    if channel.is_general and (person.is_restricted or person.is_ultra_restricted):
        return "user_is_restricted"
    return None


def _named_channels_of(call: Call, person: Person) -> list[Channel]:
    channels = call.hub.workspace.channels.values()
    return [each for each in channels if person.id in each.members and not each.is_direct and not each.is_archived]


@method(
    "conversations.kick",
    "channels:manage",
    "groups:write",
    user="channels:write groups:write",
    errors=f"{CHANNEL} cant_kick_from_general cant_kick_self not_in_channel user_not_found",
)
def kick(call: Call) -> Json:
    """Put somebody out."""
    channel = _named(call)
    call.need_for(channel, "write")
    require_member(channel, call.me)
    person = find_person(call.hub, call.required("user", "user_not_found"))
    if person.id == call.me.id:
        raise SlackError("cant_kick_self")
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if person.id not in channel.members:
        raise SlackError("not_in_channel")
    remove_member(call.hub, channel, person, by=call.me)
    return {"errors": {}}


@method("conversations.leave", *MANAGE, user=AS_USER, errors=f"{CHANNEL} cant_leave_general is_archived last_member")
def leave(call: Call) -> Json:
    """Go. Not being there is no error."""
    channel = _named(call)
    call.need_for(channel, "write")
    require_open(channel)
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if call.me.id not in channel.members:
        return {"not_in_channel": True}
    if len(channel.members) == 1 and channel.kind == "private":
        raise SlackError("last_member")
    remove_member(call.hub, channel, call.me, by=call.me)
    return {}


def _named(call: Call) -> Channel:
    channel = call.channel()
    require_named(channel)
    return channel
