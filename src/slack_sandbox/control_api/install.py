"""People, channels and apps as a test or a demo describes them. Describing one again changes it."""

from slack_sandbox.acts.apps import add_to_workspace, make_app, set_up
from slack_sandbox.acts.channels import add_member
from slack_sandbox.acts.groups import make_group, set_members
from slack_sandbox.acts.messages import Draft, post
from slack_sandbox.acts.names import check_name
from slack_sandbox.announce.channels import channel_created, channel_shown
from slack_sandbox.announce.people import person_changed
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id
from slack_sandbox.manifest.check import read
from slack_sandbox.manifest.values import values_of
from slack_sandbox.outbound.events import SCOPES
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import SLACKBOT, Person
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
        color=hub.workspace.next_color,
    )
    for field in PERSON_FIELDS:
        if field in values:
            setattr(person, field, values[field])
    person.color = person.color.removeprefix("#")
    person.updated = int(hub.clock.now())
    people[person.id] = person
    person_changed(hub, person, is_new=known is None)
    return person


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
    """Install an app, or change the one of this id or name.

    `manifest` (YAML or JSON) says what the app is; beside it only ids, secrets and channels are needed. Without one,
    what is not given of scopes and events is everything. Raises BadManifest.
    """
    if values.get("manifest"):
        given = {name: value for name, value in values.items() if value is not None}
        values = values_of(read(values["manifest"])) | given
    known = find_app(hub, str(values.get("id")), str(values.get("name")))
    if known is None:
        values = {"scopes": every_scope(), "events": sorted(SCOPES), **values}
    app = known or make_app(values)
    set_up(app, values)
    add_to_workspace(hub, app)
    for reference in values.get("channels") or ():
        channel = find_any_channel(hub, reference)
        bot = hub.workspace.people[app.bot_user]
        if bot.id not in channel.members:
            add_member(hub, channel, bot)
    return app


def find_app(hub: Hub, app_id: str, name: str) -> App | None:
    """The app of this id or name, installed or not."""
    known = {**hub.workspace.created, **hub.workspace.apps}
    return known.get(app_id) or next((app for app in known.values() if app.name == name), None)


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
