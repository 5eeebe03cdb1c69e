"""Tokens: whose they are, and what they allow. docs.slack.dev/authentication/tokens"""

from dataclasses import dataclass

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.state.app import App

NOBODY = App("", "", "", "", "", "", "", [], [])


@dataclass(frozen=True)
class Grant:
    """What a token stands for."""

    kind: str
    """bot, user, app (app-level) or config; none without a token."""
    app: App
    user_id: str
    scopes: tuple[str, ...]
    token: str = ""

    def may(self, *scopes: str) -> bool:
        """Whether at least one of these was granted."""
        return not scopes or any(scope in self.scopes for scope in scopes)


NO_GRANT = Grant("none", NOBODY, "", ())


def find_grant(hub: Hub, token: str | None) -> Grant:
    """What a token stands for. Raises `not_authed`, `invalid_auth`, `account_inactive` or `token_revoked`."""
    if not token:
        raise SlackError("not_authed")
    if (why := hub.workspace.dead_tokens.get(token)) is not None:
        raise SlackError(why)
    if token == hub.workspace.config_token:
        return Grant("config", NOBODY, "", ("app_configurations:read", "app_configurations:write"), token)
    for app in hub.workspace.apps.values():
        if token == app.bot_token:
            return Grant("bot", app, app.bot_user, tuple(app.scopes), token)
        if token == app.app_token:
            return Grant("app", app, "", tuple(app.app_token_scopes), token)
        for given in app.user_tokens:
            if token == given["token"]:
                return Grant("user", app, given["user"], tuple(given["scopes"]), token)
    raise SlackError("invalid_auth")
