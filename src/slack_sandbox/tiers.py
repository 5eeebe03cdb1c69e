"""The tier of each method, as its page on docs.slack.dev says (August 2026)."""

PER_MINUTE = {"1": 1, "2": 20, "3": 50, "4": 100, "posting": 300, "special": 600}
"""Calls a minute, by tier. Posting has its own rule for each channel besides: 300 is "several hundred" for a
workspace. Slack names no number for the special ones."""

_TIERS = {
    "1": """
        apps.manifest.create apps.manifest.delete apps.manifest.update apps.uninstall
        conversations.listConnectInvites team.externalTeams.disconnect
    """,
    "2": """
        auth.teams.list bookmarks.add bookmarks.edit bookmarks.remove canvases.create chat.startStream
        chat.stopStream conversations.acceptSharedInvite conversations.archive conversations.canvases.create
        conversations.close conversations.create conversations.externalInvitePermissions.set
        conversations.inviteShared conversations.list conversations.rename
        conversations.requestSharedInvite.approve conversations.requestSharedInvite.deny
        conversations.requestSharedInvite.list conversations.setPurpose conversations.setTopic
        conversations.unarchive dnd.endDnd dnd.endSnooze dnd.setSnooze dnd.teamInfo emoji.list
        files.comments.delete files.remote.add files.remote.info files.remote.list files.remote.remove
        files.remote.share files.remote.update files.upload pins.add pins.list pins.remove reactions.list
        reactions.remove team.accessLogs team.billableInfo team.externalTeams.list team.integrationLogs
        usergroups.create usergroups.disable usergroups.enable usergroups.list usergroups.update
        usergroups.users.list usergroups.users.update users.deletePhoto users.discoverableContacts.lookup
        users.list users.setActive users.setPhoto users.setPresence
    """,
    "4": """
        api.test assistant.threads.setSuggestedPrompts assistant.threads.setTitle chat.appendStream
        chat.postEphemeral conversations.members files.completeUploadExternal files.getUploadURLExternal
        files.info openid.connect.token users.info users.profile.get views.open views.publish views.push
        views.update
    """,
    "posting": "chat.postMessage",
    "special": """
        apps.event.authorizations.list assistant.threads.setStatus auth.test chat.getPermalink oauth.v2.access
        oauth.v2.user.access
    """,
}
TIERS = {method: tier for tier, methods in _TIERS.items() for method in methods.split()}
"""Tier 3, which most methods have, is left out."""


def tier_of(method: str) -> str:
    """1, 2, 3, 4, posting or special."""
    return TIERS.get(method, "3")
