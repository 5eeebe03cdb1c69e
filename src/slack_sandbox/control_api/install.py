"""People, channels and apps as a test or a demo describes them. Describing one again changes it."""

import secrets

from slack_sandbox.acts.channels import add_member
from slack_sandbox.acts.groups import make_group, set_members
from slack_sandbox.acts.messages import Draft, post
from slack_sandbox.acts.names import check_name
from slack_sandbox.announce.channels import channel_created, channel_shown
from slack_sandbox.announce.people import commands_changed, person_changed, person_shown
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id, new_secret
from slack_sandbox.outbound.events import SCOPES
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import COLORS, SLACKBOT, Person
from slack_sandbox.text.mrkdwn import as_stored
from slack_sandbox.webapi.registry import METHODS

PERSON_FIELDS = (
    "real_name",
    "display_name",
    "email",
    "title",
    "tz",
    "color",
    "is_admin",
    "deleted",
    "presence",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
    "team_id",
)
APP_FIELDS = (
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


def find_anybody(hub: Hub, reference: str) -> Person:
    """A person by id, handle or shown name."""
    person = hub.workspace.people.get(reference) or hub.workspace.person_named(reference)
    if person is None:
        raise SlackError("user_not_found", message=f"There is nobody called {reference!r}.")
    return person


def find_any_channel(hub: Hub, reference: str) -> Channel:
    """A channel by id or name, whoever may see it."""
    channel = hub.workspace.channels.get(reference) or hub.workspace.channel_named(reference.removeprefix("#"))
    if channel is None:
        raise SlackError("channel_not_found", message=f"There is no channel {reference!r}.")
    return channel


def put_person(hub: Hub, values: Json) -> Person:
    """Add somebody, or change who has this id or handle."""
    people = hub.workspace.people
    name = str(values.get("name") or values.get("real_name", "")).lower().replace(" ", ".")
    known = people.get(str(values.get("id"))) or next((p for p in people.values() if p.name == name), None)
    person = known or Person(
        id=values.get("id") or new_id("U"),
        name=name,
        real_name=values.get("real_name") or name.title(),
        color=_next_color(hub),
    )
    for field in PERSON_FIELDS:
        if field in values:
            setattr(person, field, values[field])
    person.color = person.color.removeprefix("#")
    person.updated = int(hub.clock.now())
    people[person.id] = person
    person_changed(hub, person, is_new=known is None)
    return person


def _next_color(hub: Hub) -> str:
    """The first sixteen people differ."""
    return COLORS[len(hub.workspace.people) % len(COLORS)]


def put_channel(hub: Hub, values: Json) -> Channel:
    """Make a channel with these members without anybody having to invite them, or change one of that id or name."""
    space = hub.workspace
    name = str(values.get("name", "")).removeprefix("#")
    known = space.channels.get(str(values.get("id"))) or space.channel_named(name)
    members = [find_anybody(hub, each) for each in values.get("members") or ()]
    creator = find_anybody(hub, values["creator"]) if values.get("creator") else next(iter(members), None)
    channel = known or _new_channel(hub, name, values, creator)
    for which in ("topic", "purpose"):
        if which in values:
            note = {"value": values[which], "creator": channel.creator, "last_set": channel.created}
            setattr(channel, which, note)
    for person in members:
        if person.id not in channel.members:
            channel.members[person.id] = hub.clock.now()
            channel.last_read[person.id] = channel.log.latest or "0000000000.000000"
    channel_shown(hub, channel)
    return channel


def _new_channel(hub: Hub, name: str, values: Json, creator: Person | None) -> Channel:
    now = int(hub.clock.now())
    kind = "private" if values.get("is_private") else "public"
    made_by = creator.id if creator else "USLACKBOT"
    channel_id = values.get("id") or new_id("C")
    channel = Channel(channel_id, check_name(hub, name), kind, made_by, now, updated=now * 1000)
    channel.is_general = bool(values.get("is_general"))
    hub.workspace.channels[channel.id] = channel
    channel_created(hub, channel)
    return channel


def put_app(hub: Hub, values: Json) -> App:
    """Install an app, or change the one of this id or name. What is not given of scopes and events is everything."""
    known = hub.workspace.apps.get(str(values.get("id"))) or _app_named(hub, str(values.get("name")))
    app = known or _new_app(hub, values)
    for field in APP_FIELDS:
        if values.get(field) is not None:
            setattr(app, field, values[field])
    app.app_token = app.app_token or f"xapp-1-{app.id}-{new_secret(13)}-{new_secret(64).lower()}"
    for token in (app.bot_token, app.app_token):
        hub.workspace.dead_tokens.pop(token, None)
    hub.workspace.people[app.bot_user].real_name = values.get("bot_name") or app.name
    hub.workspace.apps[app.id] = app
    hub.workspace.note_integration(app, "updated" if known else "added", hub.clock.now())
    for reference in values.get("channels") or ():
        channel = find_any_channel(hub, reference)
        bot = hub.workspace.people[app.bot_user]
        if bot.id not in channel.members:
            add_member(hub, channel, bot)
    person_shown(hub, hub.workspace.people[app.bot_user])
    commands_changed(hub)
    return app


def _app_named(hub: Hub, name: str) -> App | None:
    return next((app for app in hub.workspace.apps.values() if app.name == name), None)


def _new_app(hub: Hub, values: Json) -> App:
    app_id = values.get("id") or new_id("A")
    name = str(values["name"])
    bot = Person(
        id=values.get("bot_user_id") or new_id("U"),
        name=values.get("bot_name") or name.lower().replace(" ", "_"),
        real_name=values.get("bot_name") or name,
        color=_next_color(hub),
        is_bot=True,
        app_id=app_id,
        bot_id=values.get("bot_id") or new_id("B"),
        updated=int(hub.clock.now()),
    )
    hub.workspace.people[bot.id] = bot
    return App(
        id=app_id,
        name=name,
        bot_user=bot.id,
        bot_id=bot.bot_id or "",
        bot_token=f"xoxb-{new_secret(12)}-{new_secret(24)}",
        signing_secret=new_secret(32).lower(),
        verification_token=new_secret(24),
        scopes=every_scope(),
        events=sorted(SCOPES),
        installed=hub.clock.now(),
        client_id=f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}",
        client_secret=new_secret(32).lower(),
    )


def every_scope() -> list[str]:
    """All bot scopes that mean something here."""
    methods = {scope for method in METHODS.values() if "bot" in method.tokens for scope in method.scopes}
    events = {scope for scopes in SCOPES.values() for scope in scopes}
    return sorted(methods | events | {"commands", "chat:write.public", "chat:write.customize", "channels:manage"})


def every_user_scope() -> list[str]:
    """All user scopes that mean something here."""
    return sorted({scope for m in METHODS.values() if "user" in m.tokens for scope in m.user_scopes} | {"chat:write"})


def put_group(hub: Hub, values: Json) -> Json:
    """A user group with these members, or the same with others."""
    groups = hub.workspace.usergroups
    known = groups.get(str(values.get("id"))) or next(
        (group for group in groups.values() if group["handle"] == values.get("handle")), None
    )
    group = known or make_group(hub, {"name": values["handle"], **values}, SLACKBOT)
    set_members(hub, group, [find_anybody(hub, each).id for each in values.get("users") or ()], SLACKBOT)
    return group


def put_message(hub: Hub, values: Json) -> Message:
    """Set a message into the past, quietly: `channel`, `user`, `text` or `blocks`, `ts`, `thread_ts`."""
    channel = find_any_channel(hub, str(values["channel"]))
    person = find_anybody(hub, str(values["user"]))
    draft = Draft(
        text=as_stored(str(values.get("text") or ""), hub.channel_name),
        blocks=values.get("blocks"),
        thread_ts=values.get("thread_ts"),
        ts=values.get("ts"),
    )
    return post(hub, channel, person, draft, quietly=True)
