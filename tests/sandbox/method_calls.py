"""For each method arguments with which it does what it is for."""

from collections.abc import Callable
from typing import Any

from tests.sandbox.place import PIXEL, Place
from tests.sandbox.test_views import BUTTONS, FORM

Json = dict[str, Any]
Make = Callable[[Place], Json]
HOME = {"type": "home", "blocks": [{"type": "divider"}]}
METADATA = {"event_type": "delivery", "event_payload": {"id": "7"}}


def later(place: Place, seconds: int = 3600) -> str:
    """A time to come, as Slack wants it."""
    return str(int(place.sandbox.now()) + seconds)


def opened(place: Place, **fields: Any) -> Json:
    """A modal of Lee's."""
    view: Json = place.done("views.open", {"trigger_id": place.trigger(), "view": {**FORM, **fields}})["view"]
    return view


def pressed(place: Place) -> str:
    """The trigger id of a button that Lee presses inside a modal."""
    opened(place, blocks=[BUTTONS], submit=None)
    place.lee.presses("Close")
    return str(place.listener.to("/interactions")[-1].payload["trigger_id"])


def linked(place: Place) -> Json:
    """A link of Lee's that the app may show."""
    place.sandbox.app("Helper", unfurl_domains=["example.com"])
    said = place.said("see https://example.com/1")
    return {"channel": place.general.id, "ts": said.ts, "unfurls": {"https://example.com/1": {"text": "One"}}}


def reacted(place: Place) -> Json:
    """A message with a reaction of the app's."""
    where = {"channel": place.general.id, "timestamp": place.post()}
    place.done("reactions.add", {**where, "name": "eyes"})
    return where


def pinned(place: Place) -> Json:
    """A message that is pinned."""
    where = {"channel": place.general.id, "timestamp": place.post()}
    place.done("pins.add", where)
    return where


def snoozing(place: Place) -> Json:
    """Lee does not want to be disturbed."""
    place.done("dnd.setSnooze", {"num_minutes": "5"})
    return {}


MANIFEST = {
    "display_information": {"name": "Made"},
    "features": {"bot_user": {"display_name": "made"}},
    "oauth_config": {"scopes": {"bot": ["chat:write"], "user": ["users:read"]}},
}


def heard(place: Place) -> str:
    """The event_context of an event that the app has heard."""
    place.said()
    place.sandbox.settle()
    return str(place.listener.to("/events")[-1].payload["event_context"])


CALLS: dict[str, Make] = {
    "api.test": lambda _: {"a": "b"},
    "apps.connections.open": lambda _: {},
    "apps.event.authorizations.list": lambda p: {"event_context": heard(p)},
    "apps.manifest.create": lambda _: {"manifest": MANIFEST},
    "apps.manifest.delete": lambda p: {"app_id": p.done("apps.manifest.create", {"manifest": MANIFEST})["app_id"]},
    "apps.manifest.export": lambda p: {"app_id": p.app.id},
    "apps.manifest.update": lambda p: {"app_id": p.sandbox.app("Third")["id"], "manifest": MANIFEST},
    "apps.manifest.validate": lambda _: {"manifest": MANIFEST},
    "apps.uninstall": lambda p: {
        "client_id": p.app.settings["client_id"],
        "client_secret": p.app.settings["client_secret"],
    },
    "auth.revoke": lambda _: {"test": "1"},
    "auth.teams.list": lambda _: {"include_icon": "1"},
    "auth.test": lambda _: {},
    "blocks.validate": lambda _: {"blocks": [{"type": "divider"}]},
    "bookmarks.add": lambda p: {
        "channel_id": p.general.id,
        "title": "Document",
        "type": "link",
        "link": "https://example.com",
        "emoji": ":page_facing_up:",
    },
    "bookmarks.edit": lambda p: {"channel_id": p.general.id, "bookmark_id": p.bookmark(), "title": "b"},
    "bookmarks.list": lambda p: {"channel_id": p.general.id} if p.bookmark() else {},
    "bookmarks.remove": lambda p: {"channel_id": p.general.id, "bookmark_id": p.bookmark()},
    "bots.info": lambda p: {"bot": p.app.settings["bot_id"]},
    "chat.appendStream": lambda p: {"channel": p.direct(), "ts": p.stream(), "markdown_text": " two"},
    "chat.delete": lambda p: {"channel": p.general.id, "ts": p.post()},
    "chat.deleteScheduledMessage": lambda p: {"channel": p.general.id, "scheduled_message_id": p.scheduled()},
    "chat.getPermalink": lambda p: {"channel": p.general.id, "message_ts": p.post()},
    "chat.meMessage": lambda p: {"channel": p.general.id, "text": "waves"},
    "chat.postEphemeral": lambda p: {"channel": p.general.id, "user": p.lee.id, "text": "psst"},
    "chat.postMessage": lambda p: {"channel": p.general.id, "text": "one", "blocks": [BUTTONS], "metadata": METADATA},
    "chat.scheduleMessage": lambda p: {
        "channel": p.general.id,
        "text": "later",
        "post_at": later(p),
        "attachments": [{"text": "and"}],
    },
    "chat.scheduledMessages.list": lambda p: {"channel": p.general.id} if p.scheduled() else {},
    "chat.startStream": lambda p: {"channel": p.direct(), "markdown_text": "one"},
    "chat.stopStream": lambda p: {"channel": p.direct(), "ts": p.stream(), "blocks": [BUTTONS]},
    "chat.unfurl": linked,
    "chat.update": lambda p: {"channel": p.general.id, "ts": p.post(), "text": "two"},
    "conversations.acceptSharedInvite": lambda p: {"channel_name": "joint", "invite_id": p.invited()},
    "conversations.approveSharedInvite": lambda p: {"invite_id": p.invited(), "target_team": "T1"},
    "conversations.archive": lambda p: {"channel": p.channel(p.lee)},
    "conversations.canvases.create": lambda p: {
        "channel_id": p.channel(p.lee),
        "document_content": {"type": "markdown", "markdown": "# Runbook"},
    },
    "conversations.close": lambda p: {"channel": p.direct()},
    "conversations.create": lambda p: {"name": f"made-{later(p)}"},
    "conversations.declineSharedInvite": lambda p: {"invite_id": p.invited()},
    "conversations.externalInvitePermissions.set": lambda p: {
        "channel": p.channel(p.lee),
        "target_team": "T1",
        "action": "upgrade",
    },
    "conversations.history": lambda p: {"channel": p.general.id, "include_all_metadata": "1", "limit": "3"},
    "conversations.info": lambda p: {"channel": p.general.id, "include_num_members": "1", "include_locale": "1"},
    "conversations.invite": lambda p: {"channel": p.channel(p.lee), "users": p.bo.id},
    "conversations.inviteShared": lambda p: {"channel": p.channel(p.lee), "emails": "someone@example.org"},
    "conversations.join": lambda p: {"channel": p.channel(p.lee, with_app=False)},
    "conversations.kick": lambda p: {"channel": p.channel(p.lee), "user": p.lee.id},
    "conversations.leave": lambda p: {"channel": p.channel(p.lee)},
    "conversations.list": lambda _: {"types": "public_channel,private_channel,im,mpim"},
    "conversations.listConnectInvites": lambda p: {"count": "10"} if p.invited() else {},
    "conversations.mark": lambda p: {"channel": p.general.id, "ts": "1700000000.000000"},
    "conversations.members": lambda p: {"channel": p.general.id},
    "conversations.open": lambda p: {"users": p.lee.id, "return_im": "1"},
    "conversations.rename": lambda p: {"channel": p.channel(p.lee), "name": f"renamed-{later(p)}"},
    "conversations.replies": lambda p: {"channel": p.general.id, "ts": p.post()},
    "conversations.requestSharedInvite.approve": lambda _: {"invite_id": "I1"},
    "conversations.requestSharedInvite.deny": lambda _: {"invite_id": "I1"},
    "conversations.requestSharedInvite.list": lambda _: {},
    "conversations.setPurpose": lambda p: {"channel": p.channel(p.lee), "purpose": "Incident"},
    "conversations.setTopic": lambda p: {"channel": p.channel(p.lee), "topic": "DNS"},
    "conversations.unarchive": lambda p: {"channel": p.archived()},
    "dnd.endDnd": snoozing,
    "dnd.endSnooze": snoozing,
    "dnd.info": lambda p: {"user": p.lee.id},
    "dnd.setSnooze": lambda _: {"num_minutes": "5"},
    "dnd.teamInfo": lambda p: {"users": f"{p.lee.id},{p.bo.id}"},
    "emoji.list": lambda _: {},
    "files.comments.delete": lambda p: {"file": p.file(), "id": "Fc1"},
    "files.completeUploadExternal": lambda p: {
        "files": [{"id": p.begun(), "title": "Notes"}],
        "channel_id": p.general.id,
        "initial_comment": "look",
    },
    "files.delete": lambda p: {"file": p.file()},
    "files.getUploadURLExternal": lambda _: {"filename": "notes.txt", "length": "5"},
    "files.info": lambda p: {"file": p.file()},
    "files.list": lambda p: {"channel": p.general.id} if p.file() else {},
    "files.remote.add": lambda _: {"external_id": "doc-2", "external_url": "https://example.com/2", "title": "Two"},
    "files.remote.info": lambda p: {"external_id": p.remote()},
    "files.remote.list": lambda p: {"limit": "10"} if p.remote() else {},
    "files.remote.remove": lambda p: {"external_id": p.remote("doc-3")},
    "files.remote.share": lambda p: {"external_id": p.remote(), "channels": p.general.id},
    "files.remote.update": lambda p: {"external_id": p.remote(), "title": "Another title"},
    "files.revokePublicURL": lambda p: {"file": p.file()},
    "files.sharedPublicURL": lambda p: {"file": p.file()},
    "files.upload": lambda p: {"channels": p.general.id, "content": "x"},
    "oauth.v2.exchange": lambda p: {
        "token": p.app.client.token,
        "client_id": p.app.settings["client_id"],
        "client_secret": p.app.settings["client_secret"],
    },
    "pins.add": lambda p: {"channel": p.general.id, "timestamp": p.post()},
    "pins.list": lambda p: {"channel": pinned(p)["channel"]},
    "pins.remove": pinned,
    "reactions.add": lambda p: {"channel": p.general.id, "timestamp": p.post(), "name": "eyes"},
    "reactions.get": reacted,
    "reactions.list": lambda p: {"limit": "10"} if reacted(p) else {},
    "reactions.remove": lambda p: {**reacted(p), "name": "eyes"},
    "team.accessLogs": lambda _: {},
    "team.billableInfo": lambda p: {"user": p.lee.id},
    "team.billing.info": lambda _: {},
    "team.externalTeams.disconnect": lambda _: {"target_team": "T1"},
    "team.externalTeams.list": lambda _: {},
    "team.info": lambda _: {},
    "team.integrationLogs": lambda _: {},
    "team.preferences.list": lambda _: {},
    "team.profile.get": lambda _: {},
    "usergroups.create": lambda p: {"name": f"Group {later(p)}", "handle": f"group-{later(p)}"},
    "usergroups.disable": lambda p: {"usergroup": p.group()},
    "usergroups.enable": lambda p: {"usergroup": p.group()},
    "usergroups.list": lambda p: {"include_users": "1"} if p.group() else {},
    "usergroups.update": lambda p: {"usergroup": p.group(), "description": "Who is called", "include_count": "1"},
    "usergroups.users.list": lambda p: {"usergroup": p.group()},
    "usergroups.users.update": lambda p: {"usergroup": p.group(), "users": p.bo.id},
    "users.conversations": lambda p: {"user": p.lee.id},
    "users.deletePhoto": lambda _: {},
    "users.discoverableContacts.lookup": lambda _: {"email": "someone@example.org"},
    "users.getPresence": lambda _: {},
    "users.identity": lambda _: {},
    "users.info": lambda p: {"user": p.lee.id, "include_locale": "1"},
    "users.list": lambda _: {"limit": "10"},
    "users.lookupByEmail": lambda _: {"email": "lee@example.com"},
    "users.profile.get": lambda p: {"user": p.lee.id},
    "users.profile.set": lambda _: {"profile": {"status_text": "On call", "status_emoji": ":pager:"}},
    "users.setActive": lambda _: {},
    "users.setPhoto": lambda _: {"image": PIXEL},
    "users.setPresence": lambda _: {"presence": "away"},
    "views.open": lambda p: {"trigger_id": p.trigger(), "view": FORM},
    "views.publish": lambda p: {"user_id": p.lee.id, "view": HOME},
    "views.push": lambda p: {"trigger_id": pressed(p), "view": FORM},
    "views.update": lambda p: {"view_id": opened(p)["id"], "view": FORM},
}
"""Method -> arguments. They are made when the method is called: making them may take some acts."""

NEVER_WELL = {
    "conversations.acceptSharedInvite": "invite_from_same_org",
    "conversations.approveSharedInvite": "approval_not_found",
    "conversations.externalInvitePermissions.set": "invalid_target_team",
    "conversations.requestSharedInvite.approve": "invite_not_found",
    "conversations.requestSharedInvite.deny": "invite_not_found",
    "conversations.unarchive": "not_in_channel",
    "files.comments.delete": "cant_delete",
    "files.upload": "method_deprecated",
    "oauth.v2.exchange": "token_rotation_not_enabled",
    "team.externalTeams.disconnect": "invalid_target_team",
}
"""Methods that a bot in a workspace of its own is always refused, and with what."""
ELSEWHERE = ("oauth.v2.access", "oauth.v2.user.access", "openid.connect.token", "openid.connect.userInfo")
"""Methods of signing in: they need a browser first, and have tests of their own."""
