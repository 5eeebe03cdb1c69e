"""Tokens: whose they are, and what they allow. docs.slack.dev/authentication/tokens"""

from dataclasses import dataclass

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.state.app import App

NOBODY = App("", "", "", "", "", "", "", [], [])


@dataclass(frozen=True)
class Caller:
    """What a token stands for."""

    kind: str
    """bot, user, app (app-level) or config; none without a token."""
    app: App
    user_id: str
    scopes: tuple[str, ...]

    def may(self, *scopes: str) -> bool:
        """Whether at least one of these was granted."""
        return not scopes or any(scope in self.scopes for scope in scopes)


NOBODY_CALLS = Caller("none", NOBODY, "", ())


def bearer(hub: Hub, token: str | None) -> Caller:
    """What a token stands for. Raises `not_authed`, `invalid_auth`, `account_inactive` or `token_revoked`."""
    if not token:
        raise SlackError("not_authed")
    if (why := hub.workspace.dead_tokens.get(token)) is not None:
        raise SlackError(why)
    if token == hub.workspace.config_token:
        return Caller("config", NOBODY, "", ("app_configurations:read", "app_configurations:write"))
    for app in hub.workspace.apps.values():
        if token == app.bot_token:
            return Caller("bot", app, app.bot_user, tuple(app.scopes))
        if token == app.app_token:
            return Caller("app", app, "", tuple(app.app_token_scopes))
        for given in app.user_tokens:
            if token == given["token"]:
                return Caller("user", app, given["user"], tuple(given["scopes"]))
    raise SlackError("invalid_auth")
