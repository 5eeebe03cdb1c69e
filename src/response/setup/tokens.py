"""Whether the tokens work, asked of Slack itself."""

from dataclasses import dataclass

from response.core.errors import PermanentError, TemporaryError
from response.setup.answers import XAPP_IS, XOXB_IS, Mistake
from response.setup.skew import seconds_ahead
from response.slack import client, manifest
from response.slack.client import SlackRefused
from response.slack.payloads import text_at

INSTALL = "On the app's page *Install App*, install it into the workspace, and copy the token anew."
REFUSALS = {
    "invalid_auth": f"Slack does not know this token. {INSTALL}",
    "not_authed": f"Slack got no token. {INSTALL}",
    "account_inactive": f"The app was removed from the workspace. {INSTALL}",
    "token_revoked": f"The token was revoked. {INSTALL}",
    "token_expired": "The token has expired, because token rotation is switched on. "
    "It cannot be switched off again: make another app from the manifest.",
    "missing_scope": XAPP_IS,
    "not_allowed_token_type": f"Slack does not take this kind of token here. {XAPP_IS}",
    "forbidden_team": "The app is not installed in a workspace that this token is for. " + INSTALL,
    "org_login_required": "The workspace is being moved into an organisation. Try again when that is done.",
}


@dataclass(frozen=True)
class Workspace:
    """Where a bot token belongs."""

    team_id: str
    team: str
    url: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str]
    seconds_ahead: float = 0.0
    """By how much our clock is ahead of Slack's."""

    @property
    def missing(self) -> list[str]:
        """The scopes that the app lacks."""
        return sorted(set(manifest.BOT_SCOPES) - self.scopes)

    def __str__(self) -> str:
        return f"{self.team} ({self.team_id})"


def workspace_of(token: str, api_url: str) -> Workspace:
    """Return where a bot token belongs. Raises Mistake for a token that cannot be used."""
    answered = asked("auth.test", token, api_url)
    data = answered.data
    if not text_at(data, "bot_id"):
        raise Mistake(f"That is a person's token. {XOXB_IS}")
    return Workspace(
        team_id=text_at(data, "team_id"),
        team=text_at(data, "team"),
        url=text_at(data, "url"),
        bot_user=text_at(data, "user_id"),
        bot_id=text_at(data, "bot_id"),
        scopes=frozenset(answered.scopes),
        seconds_ahead=seconds_ahead(date) if (date := answered.headers.get("date")) else 0.0,
    )


def require_scopes(workspace: Workspace) -> None:
    """Raise Mistake when the app may not do what Response does."""
    if workspace.missing:
        wanted = "; ".join(lacking(scope) for scope in workspace.missing)
        raise Mistake(
            f"The app lacks {wanted}. Put the manifest on the app's page *App Manifest* once more, "
            "then install the app again, as Slack asks for, and copy the token anew."
        )


def lacking(scope: str) -> str:
    """Return a scope with what does not work without it."""
    return f"{scope} (for {', '.join(manifest.NEEDED_BY[scope])})"


def require_socket(token: str, api_url: str) -> None:
    """Raise Mistake when Socket Mode cannot connect with this app-level token. Nothing is connected."""
    asked("apps.connections.open", token, api_url)


def require_one_app(bot: Workspace, bot_token: str, app_token: str, api_url: str) -> None:
    """Raise Mistake when the app-level token is another app's: its own id stands in it."""
    parts = app_token.split("-")
    try:
        bot_info = client.ask("bots.info", token=bot_token, api_url=api_url, bot=bot.bot_id)
    except (TemporaryError, PermanentError):
        return  # it is only to be kind
    app_id = text_at(bot_info.data, "bot", "app_id")
    if len(parts) > 3 and parts[2].startswith("A") and app_id and parts[2] != app_id:
        raise Mistake(f"The app-level token is another app's ({parts[2]}) than the bot token ({app_id}).")


WRONG_CLIENT = {
    "invalid_client_id": "Slack knows no app with this Client ID.",
    "bad_client_secret": "This is not the Client Secret of that Client ID.",
}


def require_client(client_id: str, client_secret: str, api_url: str) -> None:
    """Raise Mistake when these are not an app's credentials. Asked with a code that is none: nothing is installed."""
    try:
        client.ask(
            "oauth.v2.access",
            token=None,
            api_url=api_url,
            client_id=client_id,
            client_secret=client_secret,
            code="none",
        )
    except SlackRefused as error:
        if error.error in WRONG_CLIENT:
            raise Mistake(
                f"{WRONG_CLIENT[error.error]} Copy both from the app's page *Basic Information*, *App Credentials*."
            ) from error
    except TemporaryError as error:
        raise Mistake(f"Slack cannot be asked now ({error}). Check that {api_url} can be reached from here.") from error


def asked(method: str, token: str, api_url: str) -> client.Answered:
    """Return what Slack answers. Raises Mistake with what to do when it does not."""
    try:
        return client.ask(method, token=token, api_url=api_url)
    except SlackRefused as error:
        raise Mistake(REFUSALS.get(error.error) or f"Slack says {error.error}. {error.advice}".strip()) from error
    except TemporaryError as error:
        raise Mistake(f"Slack cannot be asked now ({error}). Check that {api_url} can be reached from here.") from error
