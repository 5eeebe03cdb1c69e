"""conversations.*: making, finding and changing channels."""

from slack_sandbox.acts import channels as acts
from slack_sandbox.acts.access import find_person, require_direct, require_member, require_named
from slack_sandbox.errors import SlackError
from slack_sandbox.ids import is_ts
from slack_sandbox.payloads.channels import channel_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.webapi.call import SCOPE_PREFIX, Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method

MANAGE = ("channels:manage", "groups:write", "im:write", "mpim:write", "channels:write")
AS_USER = "channels:write groups:write im:write mpim:write"
TOPIC = ("channels:write.topic", "groups:write.topic", "im:write.topic", "mpim:write.topic")
NOTES = ("channels:manage", "groups:write", "im:write", "mpim:write")
NOTE = "is_archived not_in_channel too_long"
CHANNEL = "channel_not_found method_not_supported_for_channel_type"
LISTING = "invalid_cursor invalid_limit invalid_types"
READ = ("channels:read", "groups:read", "im:read", "mpim:read")
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
MOST_OPENED = 8


def described(call: Call, channel: Channel) -> Json:
    """The answer of most methods here."""
    return {"channel": channel_payload(call.hub, channel, call.me.id)}


@method(
    "conversations.create",
    *MANAGE,
    user=AS_USER,
    errors="invalid_name_maxlength invalid_name_punctuation invalid_name_required invalid_name_specials name_taken",
)
def create(call: Call) -> Json:
    """Make a channel, with its maker in it."""
    is_private = call.flag("is_private")
    public = ("channels:manage", "channels:write") if call.caller.kind == "bot" else ("channels:write",)
    call.need(*(("groups:write",) if is_private else public))
    name = call.required("name", "invalid_name_required")
    return described(call, acts.create(call.hub, name, call.me, is_private=is_private))


@method("conversations.list", *READ, errors=LISTING)
def list_conversations(call: Call) -> Json:
    """Every conversation one may see."""
    found = [channel for channel in _of_types(call) if channel.is_visible_to(call.me.id)]
    return _page(call, found)


@method("users.conversations", *READ, errors=LISTING, instead={"user_not_found": "invalid_arguments"})
def list_of_person(call: Call) -> Json:
    """The conversations somebody is in: private ones only where the bot is too."""
    user = call.text("user") or call.me.id
    find_person(call.hub, user)
    found = [c for c in _of_types(call) if user in c.members and c.is_visible_to(call.me.id)]
    answer = _page(call, found)
    for channel in answer["channels"]:
        channel.pop("is_member", None)
        channel.pop("num_members", None)
    return answer


@method("conversations.info", *READ, errors="channel_not_found")
def info(call: Call) -> Json:
    """One conversation."""
    channel = call.channel()
    call.need_for(channel, "read")
    members = call.flag("include_num_members")
    shown = channel_payload(call.hub, channel, call.me.id, num_members=members)
    return {"channel": shown | ({"locale": "en-US"} if call.flag("include_locale") else {})}


@method(
    "conversations.open",
    "channels:manage",
    "groups:write",
    "im:write",
    "mpim:write",
    user=AS_USER,
    errors=f"{CHANNEL} not_enough_users too_many_users user_disabled user_not_found users_list_not_supplied",
)
def open_conversation(call: Call) -> Json:
    """A direct message with one person or several, or one that exists."""
    if call.text("channel"):
        channel = call.channel()
        require_direct(channel)
        return {"no_op": True, "already_open": True, **_opened(call, channel)}
    user_ids = call.names("users")
    if not user_ids:
        raise SlackError("users_list_not_supplied")
    others = [find_person(call.hub, user) for user in user_ids if user != call.me.id]
    if not others and call.caller.kind == "bot":
        raise SlackError("not_enough_users")
    if len(user_ids) > MOST_OPENED:
        raise SlackError("too_many_users")
    if any(person.deleted for person in others):
        raise SlackError("user_disabled")
    call.need("im:write" if len(others) < 2 else "mpim:write")
    people = [call.me, *others]
    if call.flag("prevent_creation") and call.hub.workspace.direct_channel({each.id for each in people}) is None:
        raise SlackError("channel_not_found")
    channel, already = acts.open_direct(call.hub, people)
    return ({"no_op": True, "already_open": True} if already else {}) | _opened(call, channel)


@method("conversations.close", *MANAGE, user=AS_USER, errors=CHANNEL)
def close_conversation(call: Call) -> Json:
    """Put a direct message out of sight. Whoever writes in it brings it back."""
    channel = call.channel()
    call.need_for(channel, "write")
    require_direct(channel)
    was_open = acts.close_direct(call.hub, channel, call.me)
    return {} if was_open else {"no_op": True, "already_closed": True}


def _opened(call: Call, channel: Channel) -> Json:
    return described(call, channel) if call.flag("return_im") else {"channel": {"id": channel.id}}


@method(
    "conversations.rename",
    *MANAGE,
    user=AS_USER,
    errors=f"{CHANNEL} invalid_name_punctuation invalid_name_required is_archived name_taken not_authorized"
    " not_in_channel",
)
def rename(call: Call) -> Json:
    """Give a channel another name; Slack may change it, the answer says to what."""
    channel = _named(call)
    call.need_for(channel, "write")
    acts.rename(call.hub, channel, call.required("name", "invalid_name_required"), call.me)
    return described(call, channel)


@method("conversations.setTopic", *TOPIC, *NOTES, user=f"{' '.join(TOPIC)} {AS_USER}", errors=f"{CHANNEL} {NOTE}")
def set_topic(call: Call) -> Json:
    """What the channel is about at the moment."""
    return _set_note(call, "topic")


@method("conversations.setPurpose", *TOPIC, *NOTES, user=f"{' '.join(TOPIC)} {AS_USER}", errors=f"{CHANNEL} {NOTE}")
def set_purpose(call: Call) -> Json:
    """What the channel is for."""
    return _set_note(call, "purpose")


def _set_note(call: Call, which: str) -> Json:
    channel = _named(call)
    call.need_for(channel, "write.topic")
    acts.set_note(call.hub, channel, which, call.text(which) or "", call.me)
    return described(call, channel)


@method(
    "conversations.archive",
    *MANAGE,
    user=AS_USER,
    errors=f"{CHANNEL} already_archived cant_archive_general not_in_channel",
)
def archive(call: Call) -> Json:
    """Close a channel for good."""
    channel = _named(call)
    call.need_for(channel, "write")
    acts.archive(call.hub, channel, call.me)
    return {}


@method("conversations.unarchive", *MANAGE, user=AS_USER, errors=f"{CHANNEL} not_archived not_in_channel")
def unarchive(call: Call) -> Json:
    """Bot tokens are listed for it, but it always fails for them: archiving has put the bot out."""
    channel = _named(call)
    call.need_for(channel, "write")
    acts.unarchive(call.hub, channel, call.me)
    return {}


@method("conversations.mark", *MANAGE, user=AS_USER, errors="channel_not_found invalid_timestamp not_in_channel")
def mark(call: Call) -> Json:
    """Set how far one has read."""
    channel = call.channel()
    require_member(channel, call.me)
    ts = call.required("ts", "invalid_timestamp")
    if not is_ts(ts):
        raise SlackError("invalid_timestamp")
    acts.mark_read(call.hub, channel, ts, call.me)
    return {}


def _named(call: Call) -> Channel:
    channel = call.channel()
    require_named(channel)
    return channel


def _of_types(call: Call) -> list[Channel]:
    wanted = (call.text("types") or "public_channel").replace(" ", "").split(",")
    if any(each not in TYPES for each in wanted):
        raise SlackError("invalid_types")
    kinds = {TYPES[each] for each in wanted}
    for kind in sorted(kinds):
        call.need(f"{SCOPE_PREFIX[kind]}:read")
    without_archived = call.flag("exclude_archived")
    channels = call.hub.workspace.channels.values()
    return [c for c in channels if c.kind in kinds and not (without_archived and c.is_archived)]


def _page(call: Call, found: list[Channel]) -> Json:
    limit = call.number("limit", 100, 999, "invalid_limit")
    found.sort(key=lambda channel: channel.id)
    some, cursor = page(found, lambda c: c.id, cursor=call.text("cursor"), limit=limit, kind="team")
    shown = [channel_payload(call.hub, channel, call.me.id, num_members=not channel.is_direct) for channel in some]
    for channel_shown in shown:
        channel_shown.pop("last_read", None)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}
