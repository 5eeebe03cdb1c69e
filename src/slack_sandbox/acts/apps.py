"""Apps going away, and their tokens."""

from slack_sandbox.announce.apps import app_uninstalled, tokens_revoked
from slack_sandbox.announce.channels import member_left
from slack_sandbox.announce.people import commands_changed, person_shown
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_secret
from slack_sandbox.state.app import App
from slack_sandbox.state.person import Person


def grant_user_token(hub: Hub, app: App, person: Person, scopes: list[str]) -> str:
    """A token with which the app acts for a person; the same again, with the scopes of both times."""
    for given in app.user_tokens:
        if given["user"] == person.id:
            given["scopes"] = list(dict.fromkeys([*given["scopes"], *scopes]))
            return str(given["token"])
    token = f"xoxp-{new_secret(12)}-{new_secret(32)}"
    app.user_tokens = [*app.user_tokens, {"token": token, "user": person.id, "scopes": list(scopes)}]
    hub.touch()
    return token


def revoke(hub: Hub, app: App, token: str) -> None:
    """A person takes back what they granted, or the bot's token goes, and with it the app."""
    if token == app.bot_token:
        uninstall(hub, app)
        return
    taken = [given for given in app.user_tokens if given["token"] == token]
    app.user_tokens = [given for given in app.user_tokens if given["token"] != token]
    hub.workspace.dead_tokens[token] = "token_revoked"
    tokens_revoked(hub, app, people=[given["user"] for given in taken])


def uninstall(hub: Hub, app: App) -> None:
    """Take an app away: its tokens, commands and views stop, its messages stay."""
    tokens_revoked(hub, app, people=[given["user"] for given in app.user_tokens], bots=[app.bot_user])
    app_uninstalled(hub, app)
    space = hub.workspace
    space.note_integration(app, "removed", hub.clock.now())
    space.dead_tokens |= {given["token"]: "token_revoked" for given in app.user_tokens}
    space.dead_tokens |= {app.bot_token: "account_inactive", app.app_token: "account_inactive"}
    space.gone[app.id] = space.apps.pop(app.id)
    bot = space.people[app.bot_user]
    bot.deleted = True
    for channel in space.channels.values():
        if bot.id in channel.members and not channel.is_direct:
            del channel.members[bot.id]
            member_left(hub, channel, bot.id, bot.id)
    person_shown(hub, bot)
    commands_changed(hub)
