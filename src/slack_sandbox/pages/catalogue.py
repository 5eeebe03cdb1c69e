"""`/methods`: Slack's methods by family, which of them are here, and what is not."""

from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.pages.frame import codes, page, table
from slack_sandbox.shapes import words
from slack_sandbox.tiers import PER_MINUTE, tier_of
from slack_sandbox.webapi.registry import METHODS

SLACKS = words("""
    agents.sessions.rename agents.sessions.setStatus api.test apps.activities.list apps.auth.external.delete
    apps.auth.external.get apps.connections.open apps.datastore.bulkDelete apps.datastore.bulkGet
    apps.datastore.bulkPut apps.datastore.count apps.datastore.delete apps.datastore.get apps.datastore.put
    apps.datastore.query apps.datastore.update apps.event.authorizations.list apps.icon.set
    apps.managed.permissions.set apps.manifest.create apps.manifest.delete apps.manifest.export apps.manifest.update
    apps.manifest.validate apps.uninstall apps.user.connection.update assistant.search.context assistant.search.info
    assistant.threads.setStatus assistant.threads.setSuggestedPrompts assistant.threads.setTitle auth.revoke
    auth.teams.list auth.test blocks.validate bookmarks.add bookmarks.edit bookmarks.list bookmarks.remove bots.info
    calls.add calls.end calls.info calls.participants.add calls.participants.remove calls.update
    canvases.access.delete canvases.access.set canvases.create canvases.delete canvases.edit canvases.sections.lookup
    chat.appendStream chat.delete chat.deleteScheduledMessage chat.getPermalink chat.meMessage chat.postEphemeral
    chat.postMessage chat.scheduleMessage chat.scheduledMessages.list chat.startStream chat.stopStream chat.unfurl
    chat.update conversations.acceptSharedInvite conversations.approveSharedInvite conversations.archive
    conversations.canvases.create conversations.close conversations.create conversations.declineSharedInvite
    conversations.externalInvitePermissions.set conversations.history conversations.info conversations.invite
    conversations.inviteShared conversations.join conversations.kick conversations.leave conversations.list
    conversations.listConnectInvites conversations.mark conversations.members conversations.open conversations.rename
    conversations.replies conversations.requestSharedInvite.approve conversations.requestSharedInvite.deny
    conversations.requestSharedInvite.list conversations.setPurpose conversations.setTopic conversations.unarchive
    dialog.open dnd.endDnd dnd.endSnooze dnd.info dnd.setSnooze dnd.teamInfo emoji.list
    entity.acknowledgeCommentAction entity.presentComments entity.presentDetails files.comments.delete
    files.completeUploadExternal files.delete files.getUploadURLExternal files.info files.list files.remote.add
    files.remote.info files.remote.list files.remote.remove files.remote.share files.remote.update
    files.revokePublicURL files.sharedPublicURL files.upload functions.completeError functions.completeSuccess
    functions.distributions.permissions.add functions.distributions.permissions.list
    functions.distributions.permissions.remove functions.distributions.permissions.set functions.workflows.steps.list
    functions.workflows.steps.responses.export migration.exchange oauth.access oauth.v2.access oauth.v2.exchange
    oauth.v2.user.access openid.connect.token openid.connect.userInfo pins.add pins.list pins.remove reactions.add
    reactions.get reactions.list reactions.remove reminders.add reminders.complete reminders.delete reminders.info
    reminders.list rtm.connect rtm.start search.all search.files search.messages slackLists.access.delete
    slackLists.access.set slackLists.create slackLists.download.get slackLists.download.start slackLists.items.create
    slackLists.items.delete slackLists.items.deleteMultiple slackLists.items.info slackLists.items.list
    slackLists.items.update slackLists.update stars.add stars.list stars.remove team.accessLogs team.billableInfo
    team.billing.info team.externalTeams.disconnect team.externalTeams.list team.info team.integrationLogs
    team.preferences.list team.profile.get tooling.tokens.rotate usergroups.create usergroups.disable
    usergroups.enable usergroups.list usergroups.update usergroups.users.list usergroups.users.update
    users.conversations users.deletePhoto users.discoverableContacts.lookup users.getPresence users.identity
    users.info users.list users.lookupByEmail users.profile.get users.profile.set users.setActive users.setPhoto
    users.setPresence views.open views.publish views.push views.update workflows.featured.add
    workflows.featured.list workflows.featured.remove workflows.featured.set workflows.triggers.permissions.add
    workflows.triggers.permissions.list workflows.triggers.permissions.remove workflows.triggers.permissions.set
""")
"""The methods that Slack documents (August 2026), without admin.*, which only organizations have."""


def families() -> dict[str, list[str]]:
    """Slack's methods by the first part of their name."""
    found: dict[str, list[str]] = {}
    for name in sorted(SLACKS):
        found.setdefault(name.partition(".")[0], []).append(name)
    return found


async def methods(_request: Request) -> Response:
    """The whole list."""
    here = len(METHODS.keys() & SLACKS)
    content = f"<p>{here} of the {len(SLACKS)} methods that Slack documents are here. "
    content += "The others answer <code>unknown_method</code>.</p>"
    for family, names in families().items():
        known = [name for name in names if name in METHODS]
        missing = [name for name in names if name not in METHODS]
        content += f"<h2>{escape(family)} <small>{len(known)} of {len(names)}</small></h2>"
        if known:
            headings = ("Method", "Tokens", "Scopes, any of", "Calls a minute", "Refused with")
            content += table(headings, map(_row, known))
        if missing:
            content += f"<p>Not here: {codes(missing)}</p>"
    return page("/methods", "Methods", content)


def _row(name: str) -> tuple[str, ...]:
    method = METHODS[name]
    scopes = dict.fromkeys(scope for kind in sorted(method.tokens) for scope in method.scopes_for(kind))
    tokens = escape(", ".join(sorted(method.tokens)) or "none")
    return codes([name]), tokens, codes(scopes), str(PER_MINUTE[tier_of(name)]), codes(sorted(method.errors))


ROUTES = [Route("/methods", methods)]
