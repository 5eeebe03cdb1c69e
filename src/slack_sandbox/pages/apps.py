"""`/apps`: the apps, making one from a manifest, and what its settings pages show in Slack."""

from html import escape
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from slack_sandbox.acts.apps import add_to_workspace, uninstall
from slack_sandbox.control_api.install import put_app
from slack_sandbox.hub import Hub
from slack_sandbox.manifest.check import BadManifest
from slack_sandbox.outbound.handshake import verify_events_url
from slack_sandbox.pages.app_settings import shown
from slack_sandbox.pages.frame import code, is_ours, page, table
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App

EXAMPLE = """display_information:
  name: My app
features:
  bot_user:
    display_name: my-app
oauth_config:
  scopes:
    bot: [chat:write, app_mentions:read]
settings:
  event_subscriptions:
    request_url: http://127.0.0.1:3000/slack/events
    bot_events: [app_mention]
"""
TOLD = {
    "verified": "Your URL was verified.",
    "unverified": "Your URL did not answer with the value of the challenge.",
    "installed": "The app is installed.",
}


async def apps(request: Request) -> Response:
    """The apps of the workspace, and the form that makes another."""
    query = request.query_params
    given = query.get("manifest_yaml") or query.get("manifest_json") or ""
    return _apps(request.app.state.hub, given, is_open=bool(given) or query.get("new_app") == "1")


def _apps(hub: Hub, given: str, errors: list[Json] | None = None, *, is_open: bool = False) -> Response:
    rows = [_row(app, "installed") for app in hub.workspace.apps.values()]
    rows += [_row(app, "not installed") for app in hub.workspace.created.values()]
    known = table(("App", "Id", "State", "Events"), rows) if rows else "<p>No app is installed yet.</p>"
    content = known + _form(given or EXAMPLE, errors or [], is_open=is_open or not rows)
    token = code(hub.workspace.config_token)
    content += f"<h2>App configuration token</h2><p>For <code>apps.manifest.*</code>: {token}</p>"
    return page("/apps", "Apps", content, status=400 if errors else 200)


def _row(app: App, state: str) -> tuple[str, ...]:
    link = f'<a href="/apps/{escape(app.id)}">{escape(app.name)}</a>'
    return link, code(app.id), state, "Socket Mode" if app.socket_mode else code(app.events_url)


def _form(given: str, errors: list[Json], *, is_open: bool) -> str:
    items = "".join(f"<li>{escape(each['message'])} {code(each['pointer'] or '/')}</li>" for each in errors)
    told = f'<div class="wrong" role="alert"><p>Slack would not take this manifest:</p><ul>{items}</ul></div>'
    return (
        f'<details id="new"{" open" if is_open else ""}><summary>Create an app from a manifest</summary>'
        f"{told if errors else ''}"
        '<form method="post" action="/apps"><label for="manifest">Manifest, as YAML or JSON</label>'
        f'<textarea id="manifest" name="manifest" rows="18" spellcheck="false">{escape(given)}</textarea>'
        '<p class="actions"><button class="main">Create and install</button></p></form></details>'
    )


async def create(request: Request) -> Response:
    """Make an app of the manifest in the form, and install it."""
    if not is_ours(request):
        return PlainTextResponse("forbidden", 403)
    hub: Hub = request.app.state.hub
    given = dict(parse_qsl((await request.body()).decode("utf-8", "replace"))).get("manifest", "")
    try:
        app = put_app(hub, {"manifest": given or "{}"})
    except BadManifest as error:
        return _apps(hub, given, error.errors, is_open=True)
    return RedirectResponse(f"/apps/{app.id}", 303)


async def show(request: Request) -> Response:
    """One app, with its secrets."""
    hub: Hub = request.app.state.hub
    app = _find(hub, request)
    if app is None:
        return page("/apps", "No such app", '<p><a href="/apps">All apps</a></p>', status=404)
    told = TOLD.get(request.query_params.get("told", ""))
    said = f'<p role="status">{told}</p>' if told else ""
    return page("/apps", app.name, said + shown(app, is_installed=app.id in hub.workspace.apps))


async def act(request: Request) -> Response:
    """Install, uninstall, or do the handshake."""
    hub: Hub = request.app.state.hub
    app, wanted = _find(hub, request), request.path_params["act"]
    if app is None or not is_ours(request):
        return PlainTextResponse("forbidden" if app else "not found", 403 if app else 404)
    if wanted == "uninstall":
        if app.id in hub.workspace.apps:
            uninstall(hub, app)
            await hub.links.disable(app.id)
        return RedirectResponse("/apps", 303)
    if wanted == "verify":
        is_verified = (await verify_events_url(hub, app))["ok"]
        return RedirectResponse(f"/apps/{app.id}?told={'verified' if is_verified else 'unverified'}", 303)
    app.scopes = app.asked_scopes or app.scopes
    add_to_workspace(hub, app)
    return RedirectResponse(f"/apps/{app.id}?told=installed", 303)


def _find(hub: Hub, request: Request) -> App | None:
    wanted = request.path_params["app"]
    return hub.workspace.apps.get(wanted) or hub.workspace.created.get(wanted)


ROUTES = [
    Route("/apps", apps),
    Route("/apps", create, methods=["POST"]),
    Route("/apps/{app}", show),
    Route("/apps/{app}/{act}", act, methods=["POST"]),
]
