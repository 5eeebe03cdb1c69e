"""What the Slack app needs, each with its reason: the one source for set-up, docs and the demo."""

BOT_SCOPES = {
    "app_mentions:read": "hear `@incident …`",
    "channels:history": "hear messages in incident channels, and find a post whose answer was lost",
    "channels:join": "post the headline where the app has not been invited",
    "channels:manage": "make incident channels, invite people, set the topic",
    "channels:read": "find the incidents channel by its name",
    "chat:write": "say things",
    "chat:write.public": "post the headline in a public channel without being in it",
    "commands": "offer `/incident`",
    "pins:read": "hear what is pinned",
    "pins:write": "pin the card",
    "reactions:read": "hear reactions",
    "reactions:write": "say done or not understood with a reaction",
    "users:read": "know people's names",
    "users:read.email": "know people's addresses, for signing in",
}
BOT_EVENTS = {
    "app_mention": "commands",
    "channel_archive": "follow an incident channel that somebody archives",
    "channel_rename": "follow an incident channel that somebody renames",
    "channel_unarchive": "follow an incident channel that comes back",
    "member_joined_channel": "participants and when they came",
    "message.channels": "keywords and participants",
    "pin_added": "the timeline",
    "pin_removed": "the timeline",
    "reaction_added": "the timeline, by 📌",
    "reaction_removed": "the timeline, by 📌",
    "user_change": "notice who leaves or becomes a guest, and new names",
}
COMMAND = {
    "command": "/incident",
    "description": "Report an incident",
    "usage_hint": "What is wrong?",
    "should_escape": True,
}
SIGN_IN_PATH = "/accounts/with/slack/callback/"
SIGN_IN_SCOPES = {
    "openid": "know who signs in",
    "profile": "know their name",
    "email": "know their address",
}
PATHS = {"events": "/slack/event", "commands": "/slack/slash_command", "interactions": "/slack/action"}
