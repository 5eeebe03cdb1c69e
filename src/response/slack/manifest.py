"""What the Slack app needs, each with its reason: the one source for set-up, doctor, docs and the demo."""

import json
from typing import Any
from urllib.parse import quote

import yaml

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
NEEDED_BY = {
    "app_mentions:read": ("app_mention",),
    "channels:history": ("conversations.history", "conversations.replies", "message.channels"),
    "channels:join": ("conversations.join",),
    "channels:manage": (
        "conversations.create",
        "conversations.invite",
        "conversations.rename",
        "conversations.setTopic",
    ),
    "channels:read": (
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "channel_archive",
        "channel_rename",
        "channel_unarchive",
        "member_joined_channel",
    ),
    "chat:write": ("chat.postMessage", "chat.postEphemeral", "chat.update"),
    "chat:write.public": ("chat.postMessage",),
    "commands": ("/incident",),
    "pins:read": ("pins.list", "pin_added", "pin_removed"),
    "pins:write": ("pins.add",),
    "reactions:read": ("reaction_added", "reaction_removed"),
    "reactions:write": ("reactions.add",),
    "users:read": ("bots.info", "users.info", "user_change"),
    "users:read.email": ("users.info",),
}
"""The methods, events and commands that do not work without a scope."""
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
SOCKET_SCOPE = "connections:write"
"""The scope of the app-level token, with which Socket Mode connects."""

NAME, BOT_NAME = "Response", "incident"
LONGEST_NAME, LONGEST_BOT_NAME = 35, 80
SLACK_API = "https://slack.com/api/"


def app_manifest(
    name: str = NAME, bot_name: str = BOT_NAME, address: str | None = None, site: str | None = None
) -> dict[str, Any]:
    """Return the whole app manifest, reached by HTTP at `address`, or by Socket Mode without one.

    People sign in at `site`, which is the address when there is one.
    https://docs.slack.dev/reference/app-manifest
    """
    base = address.rstrip("/") if address else None
    pages = base or (site.rstrip("/") if site else None)
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": name,
            "description": "Run incidents from Slack",
            "background_color": "#b3261e",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,  # where what only one person is told arrives
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": bot_name, "always_online": True},
            "slash_commands": [COMMAND | at(base, "url", "commands")],
        },
        "oauth_config": sign_in(pages) | {"scopes": user_scopes(pages) | {"bot": sorted(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": at(base, "request_url", "events") | {"bot_events": sorted(BOT_EVENTS)},
            "interactivity": {"is_enabled": True} | at(base, "request_url", "interactions"),
            "org_deploy_enabled": False,
            "socket_mode_enabled": base is None,
            "token_rotation_enabled": False,
        },
    }


def sign_in_site(site: str, api_url: str = SLACK_API) -> str | None:
    """Return where people can sign in with Slack, which sends nobody to a page without TLS."""
    return site if site.startswith("https://") or not is_slack(api_url) else None


def sign_in(base: str | None) -> dict[str, list[str]]:
    """Return where Slack sends people who sign in. Without an address it is added by hand, once there is one."""
    return {"redirect_urls": [base + SIGN_IN_PATH]} if base else {}


def user_scopes(base: str | None) -> dict[str, list[str]]:
    return {"user": sorted(SIGN_IN_SCOPES)} if base else {}


def at(base: str | None, field: str, path: str) -> dict[str, str]:
    """Return the field that says where Slack calls us; nothing with Socket Mode, where it does not."""
    return {field: base + PATHS[path]} if base else {}


def as_yaml(manifest: dict[str, Any]) -> str:
    """Return a manifest as YAML, in the order in which Slack shows one."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=1000)


def as_json(manifest: dict[str, Any]) -> str:
    """Return a manifest as JSON."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def link(manifest: dict[str, Any], api_url: str = SLACK_API) -> str:
    """Return the address of the page that makes the app of this manifest: Slack's, or that of a sandbox."""
    return f"{apps_page(api_url)}?new_app=1&manifest_yaml={quote(as_yaml(manifest), safe='')}"


def apps_page(api_url: str = SLACK_API) -> str:
    """Return the address of the page of apps that belongs to a Web API."""
    if is_slack(api_url):
        return "https://api.slack.com/apps"
    return f"{api_url.rstrip('/').removesuffix('/api')}/apps"


def is_slack(api_url: str) -> bool:
    """Whether a Web API is Slack's own, and no sandbox's."""
    return api_url.rstrip("/") == SLACK_API.rstrip("/")
