"""`/control/...`: one function for each address, JSON in and out."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_sandbox.acts.apps import grant_user_token, uninstall
from slack_sandbox.announce.people import emoji_changed, team_renamed
from slack_sandbox.browser.acting import perform
from slack_sandbox.control_api import install, reading
from slack_sandbox.control_api.install import every_user_scope
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.handshake import verify_events_url
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App

Answer = Json | list[Json] | None
Handler = Callable[[Hub, Request, Json], Awaitable[Answer]]
ROUTES: list[Route] = []


def control(path: str, http: str = "GET") -> Callable[[Handler], Handler]:
    """Offer a function under an address."""

    def register(run: Handler) -> Handler:
        async def endpoint(request: Request) -> Response:
            try:
                body = json.loads(await request.body() or b"{}")
                return JSONResponse(await run(request.app.state.hub, request, body))
            except SlackError as error:
                return JSONResponse(error.answer(), 404 if error.error.endswith("not_found") else 400)
            except (KeyError, TypeError, ValueError) as error:
                return JSONResponse({"ok": False, "error": "invalid_request", "message": str(error)}, 400)

        ROUTES.append(Route(f"/control{path}", endpoint, methods=[http]))
        return run

    return register


def _app(hub: Hub, request: Request) -> App:
    wanted = request.path_params["app"]
    for app in hub.workspace.apps.values():
        if wanted in (app.id, app.name):
            return app
    raise SlackError("app_not_found", message=f"There is no app {wanted!r}.")


@control("/health")
async def health(hub: Hub, _request: Request, _body: Json) -> Answer:
    """That it runs, and how much is in it."""
    space = hub.workspace
    count = {"people": len(space.people), "channels": len(space.channels), "apps": len(space.apps)}
    state = {"url": hub.base_url, "team": space.team.id, "seq": hub.journal.seq, "pending": hub.courier.pending}
    return {"ok": True, **state, **count}


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
    return reading.app_json(hub, install.put_app(hub, body))


@control("/apps/{app}", "DELETE")
async def remove_app(hub: Hub, request: Request, _body: Json) -> Answer:
    """Uninstall an app."""
    uninstall(hub, _app(hub, request))
    return {"ok": True}


@control("/apps/{app}/tokens", "POST")
async def put_user_token(hub: Hub, request: Request, body: Json) -> Answer:
    """A token with which the app acts for `user`, with `scopes` (or all that it asks people for)."""
    app = _app(hub, request)
    person = install.find_anybody(hub, str(body["user"]))
    scopes = body.get("scopes") or app.user_scopes or every_user_scope()
    return {"ok": True, "token": grant_user_token(hub, app, person, scopes)}


@control("/apps/{app}/verify", "POST")
async def verify(hub: Hub, request: Request, _body: Json) -> Answer:
    """The handshake Slack does when a Request URL is saved."""
    return await verify_events_url(hub, _app(hub, request))


@control("/act", "POST")
async def act(hub: Hub, _request: Request, body: Json) -> Answer:
    """Anything a person can do in the chat; `as` may be a name."""
    return await perform(hub, install.find_anybody(hub, str(body.get("as"))).id, body)


@control("/views")
async def list_views(hub: Hub, request: Request, _body: Json) -> Answer:
    """The open modals of `as`, top last."""
    return reading.stack_json(hub, install.find_anybody(hub, request.query_params["as"]).id)


@control("/home")
async def show_home(hub: Hub, request: Request, _body: Json) -> Answer:
    """The home tab of `app` for `as`, or null."""
    user = install.find_anybody(hub, request.query_params["as"]).id
    return reading.home_json(hub, request.query_params["app"], user)


@control("/faults")
async def list_faults(hub: Hub, _request: Request, _body: Json) -> Answer:
    """What goes wrong at present."""
    return hub.faults.as_json()


@control("/faults", "POST")
async def add_fault(hub: Hub, _request: Request, body: Json) -> Answer:
    """Let something go wrong."""
    return {"ok": True, "id": hub.faults.add(body).id}


@control("/faults", "DELETE")
async def clear_faults(hub: Hub, _request: Request, _body: Json) -> Answer:
    """Nothing goes wrong any more."""
    hub.faults.remove()
    return {"ok": True}


@control("/faults/{id:int}", "DELETE")
async def remove_fault(hub: Hub, request: Request, _body: Json) -> Answer:
    """One thing less goes wrong."""
    hub.faults.remove(request.path_params["id"])
    return {"ok": True}


@control("/journal")
async def journal(hub: Hub, request: Request, _body: Json) -> Answer:
    """Requests and deliveries after `since`; with `wait` (seconds) it answers as soon as there is one."""
    since = int(request.query_params.get("since", "0"))
    wait = min(float(request.query_params.get("wait", "0")), 30.0)
    entries = await hub.journal.wait(since, wait) if wait else hub.journal.since(since)
    return {"seq": entries[-1]["seq"] if entries else max(since, 0), "entries": entries}


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
