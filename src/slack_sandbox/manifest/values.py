"""What an app is made of, read from its manifest and written back into one."""

from slack_sandbox.manifest.check import part
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App


def values_of(manifest: Json) -> Json:
    """Everything about an app that a checked manifest says; what it does not ask for is switched off."""
    features, settings = part(manifest, "features"), part(manifest, "settings")
    interactivity = settings.get("interactivity") or {}
    is_interactive = bool(interactivity.get("is_enabled"))
    home = features.get("app_home") or {}
    events = settings.get("event_subscriptions") or {}
    name = manifest["display_information"]["name"]
    scopes = scopes_of(manifest, "bot")
    return {
        "name": name,
        "bot_name": part(manifest, "features", "bot_user").get("display_name") or name,
        "scopes": scopes,
        "asked_scopes": scopes,
        "user_scopes": scopes_of(manifest, "user"),
        "redirect_urls": list(part(manifest, "oauth_config", "redirect_urls")),
        "events": list(events.get("bot_events") or ()),
        "events_url": events.get("request_url", ""),
        "interactivity_url": interactivity.get("request_url", "") if is_interactive else "",
        "options_url": interactivity.get("message_menu_options_url", "") if is_interactive else "",
        "commands": [{"url": "", **command} for command in features.get("slash_commands") or ()],
        "shortcuts": list(features.get("shortcuts") or ()),
        "unfurl_domains": list(features.get("unfurl_domains") or ()),
        "home_tab": bool(home.get("home_tab_enabled")),
        "messages_tab": bool(home.get("messages_tab_enabled")),
        "messages_tab_read_only": bool(home.get("messages_tab_read_only_enabled")),
        "socket_mode": bool(settings.get("socket_mode_enabled")),
    }


def scopes_of(manifest: Json, kind: str) -> list[str]:
    """The scopes of `bot` or `user`; optional ones are granted here like the others."""
    scopes = part(manifest, "oauth_config", "scopes")
    return list(dict.fromkeys([*(scopes.get(kind) or ()), *(scopes.get(f"{kind}_optional") or ())]))


def manifest_of(app: App) -> Json:
    """The manifest of an app, however it was made: as apps.manifest.export gives it."""
    is_interactive = bool(app.interactivity_url or app.shortcuts or app.socket_mode)
    home = {
        "home_tab_enabled": app.home_tab,
        "messages_tab_enabled": app.messages_tab,
        "messages_tab_read_only_enabled": app.messages_tab_read_only,
    }
    features = {
        "bot_user": {"display_name": app.bot_name or app.name, "always_online": True},
        "slash_commands": [_without_nothing(command) for command in app.commands],
        "shortcuts": app.shortcuts,
        "unfurl_domains": app.unfurl_domains,
    }
    scopes = _without_nothing({"user": app.user_scopes, "bot": app.asked_scopes or app.scopes})
    addresses = {"request_url": app.interactivity_url, "message_menu_options_url": app.options_url}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": app.name},
        "features": {"app_home": home, **_without_nothing(features)},
        "oauth_config": _without_nothing({"redirect_urls": app.redirect_urls, "scopes": scopes}),
        "settings": {
            "event_subscriptions": _without_nothing({"request_url": app.events_url, "bot_events": app.events}),
            "interactivity": {"is_enabled": is_interactive, **_without_nothing(addresses)},
            "org_deploy_enabled": False,
            "socket_mode_enabled": app.socket_mode,
            "token_rotation_enabled": False,
        },
    }


def _without_nothing(values: Json) -> Json:
    return {name: value for name, value in values.items() if value not in ("", [], {})}
