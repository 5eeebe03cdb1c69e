"""The form of a manifest: which fields there are, and how long they may be. docs.slack.dev/reference/app-manifest"""

import re

from slack_sandbox.blocks.objects import ANY, BOOL
from slack_sandbox.blocks.rules import Findings, Items, Named, Num, Rule, Shape, Str
from slack_sandbox.shapes import Json

ADDRESS = re.compile(r"https?://")
HOST = re.compile(r"(?![.\-])[-a-z0-9.]+[a-z0-9]\Z")
WEB = Str(3500, like=ADDRESS)
ID = Str(255, 1)
OBJECT = Shape(anything=True)
RANGES = Items(Str(like=re.compile(r"(\d{1,3}\.){3}\d{1,3}(/\d{1,2})?\Z")), 50, 1, unique=True)
PARAMETERS = Shape({"properties": OBJECT}, {"required": Items(Str())})

DISPLAY = Shape(
    {"name": Str(35, 1)},
    {"description": Str(140, 1), "background_color": Str(7, 4), "long_description": Str(4000, 175)},
)
COMMAND = Shape(
    {"command": Str(32, 2, like=re.compile("/")), "description": Str(2000, 1)},
    {"url": Str(3000, like=ADDRESS), "usage_hint": Str(1000, 1), "should_escape": BOOL},
)
SHORTCUT = Shape(
    {
        "name": Str(24, 1),
        "type": Str(among=frozenset({"message", "global"})),
        "callback_id": ID,
        "description": Str(150, 1),
    }
)
PROMPT = Shape({"title": Str(), "message": Str()})
HOME = Shape({}, {"home_tab_enabled": BOOL, "messages_tab_enabled": BOOL, "messages_tab_read_only_enabled": BOOL})
AGENT = Shape(
    {},
    {
        "agent_description": Str(300),
        "suggested_prompts": Items(PROMPT, 4),
        "actions": Items(Shape({"name": Str(), "description": Str()})),
    },
)
FEATURES = Shape(
    {},
    {
        "app_home": HOME,
        "bot_user": Shape({"display_name": Str(80, 1)}, {"always_online": BOOL}),
        "shortcuts": Items(SHORTCUT, 10, 1),
        "slash_commands": Items(COMMAND, 50, 1),
        "unfurl_domains": Items(Str(255, like=HOST), 5, 1, unique=True),
        "workflow_steps": Items(Shape({"name": Str(50, 1), "callback_id": Str(50, 1)}), 10, 1),
        "functions": Items(OBJECT, 50),
        "assistant_view": Shape({"assistant_description": Str()}, {"suggested_prompts": Items(PROMPT)}),
        "agent_view": AGENT,
    },
)
SCOPES = Items(Str(50), 255)
OAUTH = Shape(
    {},
    {
        "redirect_urls": Items(Str(2500), 1000, unique=True),
        "scopes": Shape({}, dict.fromkeys(("bot", "user", "bot_optional", "user_optional"), SCOPES)),
        "token_management_enabled": BOOL,
        "pkce_enabled": BOOL,
    },
)
EVENTS = Items(Str(50), 100, unique=True)
SUBSCRIPTIONS = Shape(
    {},
    {
        "request_url": WEB,
        "bot_events": EVENTS,
        "user_events": EVENTS,
        "metadata_subscriptions": Items(Shape({"app_id": Str(), "event_type": Str(50)}), 20, 1, unique=True),
    },
)
SWITCHES = ("org_deploy_enabled", "socket_mode_enabled", "is_hosted", "token_rotation_enabled", "is_mcp_enabled")
SETTINGS = Shape(
    {},
    {
        **dict.fromkeys(SWITCHES, BOOL),
        "allowed_ip_address_ranges": RANGES,
        "event_subscriptions": SUBSCRIPTIONS,
        "interactivity": Shape({"is_enabled": BOOL}, {"request_url": WEB, "message_menu_options_url": WEB}),
        "incoming_webhooks": Shape({}, {"incoming_webhooks_enabled": BOOL}),
        "siws_links": Shape({}, {"initiate_uri": Str(3500, like=re.compile("https://"))}),
        "hermes_app_type": Str(),
        "function_runtime": Str(),
    },
)
FUNCTION = Shape(
    {"title": Str(), "input_parameters": PARAMETERS, "output_parameters": PARAMETERS}, {"description": Str()}
)
WORKFLOW = Shape(
    {"title": Str(), "steps": Items(OBJECT)},
    {"description": Str(), "input_parameters": PARAMETERS, "output_parameters": PARAMETERS, "suggested_triggers": ANY},
)
DIRECTORY = Shape(
    {
        "installation_landing_page": Str(255, like=ADDRESS),
        "privacy_policy_url": Str(500, like=ADDRESS),
        "support_url": Str(350, like=ADDRESS),
        "support_email": Str(100, like=re.compile(r"[^@\s]+@[^@\s]+\Z")),
        "supported_languages": Items(Str(50), 50, 1),
        "pricing": Str(30, 1),
    },
    {
        "app_directory_categories": Items(Str(255, 1), 3),
        "use_direct_install": BOOL,
        "direct_install_url": Str(255, like=ADDRESS),
    },
)
METADATA = Shape({}, dict.fromkeys(("schema_version", "min_version", "major_version", "minor_version"), Num(least=0)))
COMMON: dict[str, Rule] = {
    "$schema": Str(),
    "_metadata": METADATA,
    "app_directory": DIRECTORY,
    "features": FEATURES,
    "oauth_config": OAUTH,
    "settings": SETTINGS,
    "datastores": OBJECT,
    "types": OBJECT,
    "outgoing_domains": Items(Str(50, like=HOST), 10, unique=True),
    "external_auth_providers": Shape({}, {"oauth2": OBJECT}),
    "mcp_servers": OBJECT,
}
VERSIONS = {
    1: Shape({"display_information": DISPLAY}, {**COMMON, "functions": OBJECT, "workflows": OBJECT}),
    2: Shape({"display_information": DISPLAY}, {**COMMON, "functions": Named(FUNCTION), "workflows": Named(WORKFLOW)}),
}


def look_at_shape(manifest: Json) -> Findings:
    """What is wrong with the form of a manifest."""
    found = Findings()
    metadata = manifest.get("_metadata")
    version = metadata.get("major_version", 1) if isinstance(metadata, dict) else 1
    if version not in VERSIONS:
        found.add("must be one of: 1, 2", "/_metadata/major_version")
        return found
    VERSIONS[version].check(manifest, "", found)
    return found
