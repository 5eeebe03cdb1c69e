"""Apps coming and going, and their tokens."""

import secrets

from slack_sandbox.announce.apps import app_uninstalled, tokens_revoked
from slack_sandbox.announce.channels import member_left
from slack_sandbox.announce.people import commands_changed, person_shown
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id, new_secret
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.person import Person

APP_FIELDS = (
    "asked_scopes",
    "bot_name",
    "name",
    "bot_token",
    "signing_secret",
    "verification_token",
    "scopes",
    "events",
    "events_url",
    "interactivity_url",
    "options_url",
    "commands",
    "shortcuts",
    "icon_emoji",
    "app_token",
    "app_token_scopes",
    "client_id",
    "client_secret",
    "delayed_events",
    "home_tab",
    "messages_tab",
    "messages_tab_read_only",
    "redirect_urls",
    "socket_mode",
    "unfurl_domains",
    "user_scopes",
)
"""What of an app may be said by those who set it up."""


def make_app(values: Json) -> App:
    """A new app with its ids and secrets, of which the workspace knows nothing yet, and which may do nothing."""
    app_id = values.get("id") or new_id("A")
    return App(
        id=app_id,
        name=str(values["name"]),
        bot_user=values.get("bot_user_id") or new_id("U"),
        bot_id=values.get("bot_id") or new_id("B"),
        bot_token=f"xoxb-{new_secret(12)}-{new_secret(24)}",
        signing_secret=new_secret(32).lower(),
        verification_token=new_secret(24),
        scopes=[],
        events=[],
        client_id=f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}",
        client_secret=new_secret(32).lower(),
        app_token=f"xapp-1-{app_id}-{new_secret(13)}-{new_secret(64).lower()}",
    )


def set_up(app: App, values: Json) -> None:
    """Give an app what is said about it."""
    for field in APP_FIELDS:
        if values.get(field) is not None:
            setattr(app, field, values[field])


def add_to_workspace(hub: Hub, app: App) -> None:
    """Install an app, or show how it has changed: its bot is there, and its commands can be typed."""
    space, now = hub.workspace, hub.clock.now()
    was_there = space.apps.get(app.id) is app
    space.created.pop(app.id, None)
    space.apps[app.id] = app
    for token in (app.bot_token, app.app_token):
        space.dead_tokens.pop(token, None)
    app.installed = app.installed or now
    bot = space.people.setdefault(app.bot_user, _bot_of(hub, app))
    bot.real_name, bot.deleted = app.bot_name or app.name, False
    space.note_integration(app, "updated" if was_there else "added", now)
    person_shown(hub, bot)
    commands_changed(hub)


def _bot_of(hub: Hub, app: App) -> Person:
    name = app.bot_name or app.name
    return Person(
        id=app.bot_user,
        name=name.lower().replace(" ", "_"),
        real_name=name,
        color=hub.workspace.next_color,
        is_bot=True,
        app_id=app.id,
        bot_id=app.bot_id,
        updated=int(hub.clock.now()),
    )


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
