"""What an app's settings pages show in Slack, on one page."""

from html import escape

import yaml

from slack_sandbox.manifest.values import manifest_of
from slack_sandbox.pages.frame import code, codes, facts
from slack_sandbox.state.app import App


def shown(app: App, *, is_installed: bool) -> str:
    """All of it, as HTML."""
    return _credentials(app) + _installation(app, is_installed=is_installed) + _settings(app) + _manifest(app)


def _credentials(app: App) -> str:
    pairs = [
        ("App ID", code(app.id)),
        ("Client ID", code(app.client_id)),
        ("Client Secret", code(app.client_secret)),
        ("Signing Secret", code(app.signing_secret)),
        ("Verification Token", code(app.verification_token)),
    ]
    level = [("Token", code(app.app_token)), ("Scopes", codes(app.app_token_scopes))]
    return f"<h2>App Credentials</h2>{facts(pairs)}<h2>App-Level Token</h2>{facts(level)}"


def _installation(app: App, *, is_installed: bool) -> str:
    bot = [("Bot User OAuth Token", code(app.bot_token)), ("Bot User ID", code(app.bot_user))] if is_installed else []
    people = [("User OAuth Token", f"{code(given['token'])} {escape(given['user'])}") for given in app.user_tokens]
    buttons = _button(app, "install", "Reinstall" if is_installed else "Install to Workspace", "main")
    if is_installed:
        buttons += _button(app, "uninstall", "Uninstall", "danger")
    return f'<h2>Install App</h2>{facts(bot + people)}<div class="actions">{buttons}</div>'


def _settings(app: App) -> str:
    tabs = {"Home Tab": app.home_tab, "Messages Tab": app.messages_tab, "read only": app.messages_tab_read_only}
    pairs = [
        ("Bot Token Scopes", codes(app.scopes)),
        ("User Token Scopes", codes(app.user_scopes)),
        ("Redirect URLs", codes(app.redirect_urls)),
        ("Socket Mode", "on" if app.socket_mode else "off"),
        ("Events Request URL", code(app.events_url)),
        ("Bot Events", codes(app.events)),
        ("Interactivity Request URL", code(app.interactivity_url)),
        ("Options Load URL", code(app.options_url)),
        ("Slash Commands", codes(command["command"] for command in app.commands)),
        ("Shortcuts", codes(shortcut["name"] for shortcut in app.shortcuts)),
        ("App Home", ", ".join(name for name, is_on in tabs.items() if is_on) or "off"),
        ("Unfurl Domains", codes(app.unfurl_domains)),
    ]
    verify = _button(app, "verify", "Verify the Events Request URL") if app.events_url else ""
    return f'<h2>Settings</h2>{facts(pairs)}<div class="actions">{verify}</div>'


def _manifest(app: App) -> str:
    text = yaml.safe_dump(manifest_of(app), sort_keys=False, allow_unicode=True)
    box = f'<pre tabindex="0" role="group" aria-label="Manifest">{escape(text)}</pre>'
    return f"<details><summary>App Manifest</summary>{box}</details>"


def _button(app: App, act: str, text: str, kind: str = "") -> str:
    return f'<form method="post" action="/apps/{escape(app.id)}/{act}"><button class="{kind}">{text}</button></form>'
