"""Slack Connect: inviting people of other companies. There is one workspace here, so nobody ever accepts."""

import re

from slack_sandbox.acts.access import require_member
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.ids import new_id, new_secret
from slack_sandbox.payloads.people import profile_payload, team_icon
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method

WRITE, MANAGE = "conversations.connect:write", "conversations.connect:manage"
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DAYS_VALID = 14
LONGEST_MESSAGE = 560


@method(
    "conversations.inviteShared",
    WRITE,
    tokens="bot",
    errors="already_in_channel cannot_share_mandatory_channel channel_archived channel_not_found"
    " connection_limit_exceeded_pending invalid_channel_type invalid_email not_in_channel recipients_not_specified"
    " too_many_emails user_not_found",
)
def invite(call: Call) -> Json:
    """Invite one person of another company to a channel."""
    channel = call.channel()
    _check_shareable(call, channel)
    emails, users = call.names("emails") or [], call.names("user_ids") or []
    if not emails and not users:
        raise SlackError("recipients_not_specified")
    if len(emails) + len(users) > 1:
        raise SlackError("too_many_emails")
    if emails and not EMAIL.fullmatch(emails[0]):
        raise SlackError("invalid_email")
    if users and users[0] in channel.members:
        raise SlackError("already_in_channel")
    if users and users[0] not in call.hub.workspace.people:
        raise SlackError("user_not_found")
    made: Json = {
        "id": new_id("I"),
        "channel": channel.id,
        "by": call.me.id,
        "created": call.now(),
        "recipient_email": emails[0] if emails else "",
        "recipient_user_id": users[0] if users else "",
        "secret": new_secret(),
        "limited": call.flag("external_limited", default=True),
    }
    call.hub.workspace.connect_invites[made["id"]] = made
    call.hub.touch()
    url = f"{call.hub.base_url}/share/{made['secret']}"
    return {"invite_id": made["id"], "conf_code": "", "url": url, "is_legacy_shared_channel": False}


def _check_shareable(call: Call, channel: Channel) -> None:
    if channel.is_direct:
        raise SlackError("invalid_channel_type")
    if channel.is_general:
        raise SlackError("cannot_share_mandatory_channel")
    if channel.is_archived:
        raise SlackError("channel_archived")
    require_member(channel, call.me)
    if any(each["channel"] == channel.id for each in call.hub.workspace.connect_invites.values()):
        raise SlackError("connection_limit_exceeded_pending")


@method("conversations.listConnectInvites", MANAGE, tokens="bot", instead={"invalid_cursor": "invalid_arguments"})
def list_invites(call: Call) -> Json:
    """Those that nobody has accepted yet."""
    items = list(call.hub.workspace.connect_invites.values())
    limit = call.number("count", 100, 1000)
    some, cursor = page(items, lambda each: str(each["id"]), cursor=call.text("cursor"), limit=limit, kind="invite")
    return {"invites": [_shown(call, each) for each in some], "response_metadata": {"next_cursor": cursor}}


def _shown(call: Call, made: Json) -> Json:
    space = call.hub.workspace
    channel, person, team = space.channels[made["channel"]], space.people[made["by"]], space.team
    inviting_team = {"id": team.id, "name": team.name, "domain": team.domain, "icon": team_icon(call.hub)}
    user: Json = {"id": person.id, "team_id": team.id, "name": person.name, "updated": person.updated}
    user["profile"] = {
        key: value
        for key, value in profile_payload(call.hub, person, email=False).items()
        if key in ("real_name", "display_name", "avatar_hash", "team", "image_24", "image_48", "image_72")
    }
    described = {"id": channel.id, "is_im": False, "is_private": channel.kind == "private", "name": channel.name}
    invited = {"id": made["id"], "date_created": made["created"], "inviting_team": inviting_team}
    invited |= {"date_invalid": made["created"] + DAYS_VALID * 86_400, "inviting_user": user}
    invited |= {name: made[name] for name in ("recipient_email", "recipient_user_id") if made[name]}
    return {
        "direction": "outgoing",
        "status": "sent",
        "date_last_updated": made["created"],
        "invite_type": "channel",
        "invite": invited,
        "channel": described,
        "acceptances": [],
    }


@method(
    "conversations.acceptSharedInvite",
    WRITE,
    tokens="bot",
    errors="invalid_name_required invite_from_same_org invite_not_found",
)
def accept(call: Call) -> Json:
    """Accept an invitation: of those made here none is for this workspace."""
    call.required("channel_name", "invalid_name_required")
    if not call.text("invite_id") and not call.text("channel_id"):
        raise invalid_arguments("[ERROR] must provide one of: invite_id, channel_id")
    _invite(call)
    raise SlackError("invite_from_same_org")


@method(
    "conversations.approveSharedInvite",
    MANAGE,
    tokens="bot",
    errors="approval_not_found invite_not_found missing_target_team",
)
def approve(call: Call) -> Json:
    """Approve what somebody has accepted: nobody has."""
    _invite(call)
    call.required("target_team", "missing_target_team")
    raise SlackError("approval_not_found")


@method("conversations.declineSharedInvite", MANAGE, tokens="bot", errors="invite_not_found")
def decline(call: Call) -> Json:
    """Take an invitation back."""
    del call.hub.workspace.connect_invites[_invite(call)["id"]]
    call.hub.touch()
    return {}


@method(
    "conversations.externalInvitePermissions.set",
    MANAGE,
    tokens="bot",
    errors="channel_not_found invalid_action invalid_target_team",
)
def set_permissions(call: Call) -> Json:
    """What a connected company may do in a channel: none is connected."""
    call.channel()
    if call.text("action") not in ("upgrade", "downgrade"):
        raise SlackError("invalid_action")
    raise SlackError("invalid_target_team")


@method("conversations.requestSharedInvite.list", MANAGE, tokens="bot", errors="invalid_cursor")
def list_requests(call: Call) -> Json:
    """Invitations that somebody has to allow first: everybody here may invite."""
    page([], str, cursor=call.text("cursor"), limit=200, kind="request")
    return {"invite_requests": [], "response_metadata": {"next_cursor": ""}}


@method("conversations.requestSharedInvite.approve", MANAGE, tokens="bot", errors="invite_not_found message_too_long")
def approve_request(call: Call) -> Json:
    """Allow one."""
    return _no_request(call)


@method("conversations.requestSharedInvite.deny", MANAGE, tokens="bot", errors="invite_not_found message_too_long")
def deny_request(call: Call) -> Json:
    """Forbid one."""
    return _no_request(call)


def _no_request(call: Call) -> Json:
    if len(str(call.args.get("message") or "")) > LONGEST_MESSAGE:
        raise SlackError("message_too_long")
    raise SlackError("invite_not_found")


def _invite(call: Call) -> Json:
    wanted = call.text("invite_id")
    for made in call.hub.workspace.connect_invites.values():
        if made["id"] == wanted or (not wanted and made["channel"] == call.text("channel_id")):
            return made
    raise SlackError("invite_not_found")
