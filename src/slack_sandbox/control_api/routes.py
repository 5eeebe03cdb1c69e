"""`/control/...`: the workspace and its people; the families beside this one have the rest."""

from dataclasses import asdict

from starlette.requests import Request

from slack_sandbox.acts.apps import grant_user_token, uninstall
from slack_sandbox.announce.people import emoji_changed, team_renamed
from slack_sandbox.control_api import install, reading
from slack_sandbox.control_api.install import every_user_scope
from slack_sandbox.control_api.routing import Answer, app_of, control
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.handshake import verify_events_url
from slack_sandbox.shapes import Json


@control("/health")
async def health(hub: Hub, _request: Request, _body: Json) -> Answer:
    """That it runs, and how much is in it."""
    space = hub.workspace
    count = {"people": len(space.people), "channels": len(space.channels), "apps": len(space.apps)}
    state = {"url": hub.base_url, "team": space.team.id, "seq": hub.journal.seq}
    events = {"pending": hub.courier.pending, "open": len(hub.courier.ledger.open)}
    return {"ok": True, **state, **events, **count}


@control("/reset", "POST")
async def reset(hub: Hub, _request: Request, _body: Json) -> Answer:
    """An empty workspace. The journal's numbers go on."""
    hub.reset()
    return {"ok": True, "seq": hub.journal.seq}


@control("/team", "POST")
async def put_team(hub: Hub, _request: Request, body: Json) -> Answer:
    """Name the workspace (`name`, `domain`, `id`) and say what it allows (`plan`, `msg_edit_window_mins` ...)."""
    team = hub.workspace.team
    for name, value in body.items():
        if not hasattr(team, name):
            raise KeyError(f"a workspace has no {name!r}")
        setattr(team, name, value)
    if "name" in body:
        team_renamed(hub, team.name)
    hub.touch()
    return asdict(team)


@control("/people")
async def list_people(hub: Hub, _request: Request, _body: Json) -> Answer:
    """Everybody."""
    return [reading.person_json(hub, person) for person in hub.workspace.people.values()]


@control("/people", "POST")
async def put_person(hub: Hub, _request: Request, body: Json) -> Answer:
    """Add or change somebody."""
    return reading.person_json(hub, install.put_person(hub, body))


@control("/channels")
async def list_channels(hub: Hub, _request: Request, _body: Json) -> Answer:
    """Every channel and direct message."""
    return [reading.channel_json(channel) for channel in hub.workspace.channels.values()]


@control("/channels", "POST")
async def put_channel(hub: Hub, _request: Request, body: Json) -> Answer:
    """Make or change a channel."""
    return reading.channel_json(install.put_channel(hub, body))


@control("/channels/{channel}")
async def show_channel(hub: Hub, request: Request, _body: Json) -> Answer:
    """One channel, by id or name."""
    return reading.channel_json(install.find_any_channel(hub, request.path_params["channel"]))


@control("/channels/{channel}/messages")
async def list_messages(hub: Hub, request: Request, _body: Json) -> Answer:
    """All its messages; `as` adds what that person alone sees, `thread_ts` keeps to a thread."""
    channel = install.find_any_channel(hub, request.path_params["channel"])
    viewer = request.query_params.get("as")
    user = install.find_anybody(hub, viewer).id if viewer else None
    return reading.messages_json(hub, channel, user, request.query_params.get("thread_ts"))


@control("/messages", "POST")
async def put_message(hub: Hub, _request: Request, body: Json) -> Answer:
    """Set a message into the past; nobody is told."""
    message = install.put_message(hub, body)
    return {"ok": True, "ts": message.ts, "channel": message.channel}


@control("/usergroups", "POST")
async def put_group(hub: Hub, _request: Request, body: Json) -> Answer:
    """Make or change a user group."""
    return install.put_group(hub, body)


@control("/emoji", "POST")
async def put_emoji(hub: Hub, _request: Request, body: Json) -> Answer:
    """Add custom emoji: name -> address or `alias:name`."""
    added = {str(name): str(value) for name, value in body.items()}
    hub.workspace.emoji.update(added)
    emoji_changed(hub, added)
    return dict(hub.workspace.emoji)


@control("/apps")
async def list_apps(hub: Hub, _request: Request, _body: Json) -> Answer:
    """Installed apps with their secrets."""
    return [reading.app_json(hub, app) for app in hub.workspace.apps.values()]


@control("/apps", "POST")
async def put_app(hub: Hub, _request: Request, body: Json) -> Answer:
    """Install or change an app."""
    app = install.put_app(hub, body)
    if not app.socket_mode:
        await hub.links.disable(app.id)
    return reading.app_json(hub, app)


@control("/apps/{app}", "DELETE")
async def remove_app(hub: Hub, request: Request, _body: Json) -> Answer:
    """Uninstall an app."""
    app = app_of(hub, request)
    uninstall(hub, app)
    await hub.links.disable(app.id)
    return {"ok": True}


@control("/config-token")
async def config_token(hub: Hub, _request: Request, _body: Json) -> Answer:
    """What apps.manifest.* want."""
    return {"token": hub.workspace.config_token}


@control("/apps/{app}/tokens", "POST")
async def put_user_token(hub: Hub, request: Request, body: Json) -> Answer:
    """A token with which the app acts for `user`, with `scopes` (or all that it asks people for)."""
    app = app_of(hub, request)
    person = install.find_anybody(hub, str(body["user"]))
    scopes = body.get("scopes") or app.user_scopes or every_user_scope()
    return {"ok": True, "token": grant_user_token(hub, app, person, scopes)}


@control("/apps/{app}/verify", "POST")
async def verify(hub: Hub, request: Request, _body: Json) -> Answer:
    """The handshake Slack does when a Request URL is saved."""
    return await verify_events_url(hub, app_of(hub, request))


@control("/views")
async def list_views(hub: Hub, request: Request, _body: Json) -> Answer:
    """The open modals of `as`, top last."""
    return reading.stack_json(hub, install.find_anybody(hub, request.query_params["as"]).id)


@control("/home")
async def show_home(hub: Hub, request: Request, _body: Json) -> Answer:
    """The home tab of `app` for `as`, or null."""
    user = install.find_anybody(hub, request.query_params["as"]).id
    return reading.home_json(hub, request.query_params["app"], user)


@control("/clock")
async def show_clock(hub: Hub, _request: Request, _body: Json) -> Answer:
    """The workspace's time."""
    return {"now": hub.clock.now(), "offset": hub.clock.offset}


@control("/clock", "POST")
async def move_clock(hub: Hub, _request: Request, body: Json) -> Answer:
    """Let `advance` seconds pass at once."""
    hub.clock.move(float(body["advance"]))
    hub.touch()
    return {"now": hub.clock.now(), "offset": hub.clock.offset}


@control("/settings")
async def show_settings(hub: Hub, _request: Request, _body: Json) -> Answer:
    """Timing and strictness."""
    return hub.settings.as_json()


@control("/settings", "POST")
async def change_settings(hub: Hub, _request: Request, body: Json) -> Answer:
    """Change some of them."""
    hub.settings = hub.settings.changed(body)
    return hub.settings.as_json()
