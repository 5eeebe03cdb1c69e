"""apps.manifest.*, apps.uninstall and apps.event.authorizations.list"""

import base64
from urllib.parse import urlencode

from slack_sandbox.acts.apps import make_app, set_up, uninstall
from slack_sandbox.errors import SlackError
from slack_sandbox.manifest.check import BadManifest, read
from slack_sandbox.manifest.values import manifest_of, values_of
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.strict_json import read_json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method

WRITE, READ = "app_configurations:write", "app_configurations:read"


@method("apps.manifest.validate", WRITE, tokens="config", errors="invalid_app_id invalid_manifest")
def validate(call: Call) -> Json:
    """Say whether a manifest will do."""
    _manifest(call)
    if call.text("app_id"):
        _app(call)
    return {"errors": []}


@method("apps.manifest.create", WRITE, tokens="config", errors="invalid_manifest")
def create(call: Call) -> Json:
    """Make an app of a manifest. It is installed by somebody who allows it, on its authorize page or on its own."""
    values = values_of(_manifest(call))
    app = make_app(values)
    set_up(app, values)
    call.hub.workspace.created[app.id] = app
    call.hub.touch()
    query = {"client_id": app.client_id, "scope": ",".join(app.scopes), "user_scope": ",".join(app.user_scopes)}
    return {
        "app_id": app.id,
        "credentials": {
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "verification_token": app.verification_token,
            "signing_secret": app.signing_secret,
        },
        "oauth_authorize_url": f"{call.hub.base_url}/oauth/v2/authorize?{urlencode(query)}",
    }


@method("apps.manifest.update", WRITE, tokens="config", errors="invalid_app_id invalid_manifest")
def update(call: Call) -> Json:
    """Give an app another manifest. Scopes that are new in it are granted when it is installed again."""
    app, values = _app(call), values_of(_manifest(call))
    granted = app.scopes
    set_up(app, values)
    if app.id in call.hub.workspace.apps:
        app.scopes = [scope for scope in granted if scope in app.asked_scopes]
    call.hub.touch()
    return {"app_id": app.id, "permissions_updated": not set(app.asked_scopes) <= set(granted)}


@method("apps.manifest.export", READ, tokens="config", errors="invalid_app_id")
def export(call: Call) -> Json:
    """The manifest of an app."""
    return {"manifest": manifest_of(_app(call))}


@method("apps.manifest.delete", WRITE, tokens="config", errors="invalid_app_id")
def delete(call: Call) -> Json:
    """Do away with an app."""
    app = _app(call)
    if app.id in call.hub.workspace.apps:
        uninstall(call.hub, app)
    call.hub.workspace.created.pop(app.id, None)
    call.hub.touch()
    return {}


@method("apps.uninstall", tokens="bot user", errors="bad_client_secret client_id_token_mismatch invalid_client_id")
def uninstall_app(call: Call) -> Json:
    """Take oneself out of the workspace."""
    app = call.client()
    if app is not call.app:
        raise SlackError("client_id_token_mismatch")
    uninstall(call.hub, app)
    return {}


@method(
    "apps.event.authorizations.list",
    "authorizations:read",
    tokens="app",
    errors="auth_mismatch invalid_cursor invalid_event_context",
)
def list_authorizations(call: Call) -> Json:
    """For whom an event was meant: here always for the bot of the one workspace."""
    context = _context(call.required("event_context", "invalid_event_context"))
    if context.get("aid") != call.app.id:
        raise SlackError("auth_mismatch")
    shown = {"enterprise_id": None, "team_id": call.hub.workspace.team.id, "user_id": call.app.bot_user}
    items = [shown | {"is_bot": True, "is_enterprise_install": False}]
    some, _ = page(items, lambda each: str(each["user_id"]), cursor=call.text("cursor"), limit=100, kind="user")
    return {"authorizations": some}


def _context(given: str) -> Json:
    encoded = given.removeprefix("4-")
    try:
        found = read_json(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except ValueError as error:
        raise SlackError("invalid_event_context") from error
    return found if isinstance(found, dict) else {}


def _manifest(call: Call) -> Json:
    try:
        return read(call.args.get("manifest") or "")
    except BadManifest as error:
        raise SlackError("invalid_manifest", errors=error.errors) from error


def _app(call: Call) -> App:
    space = call.hub.workspace
    app_id = call.text("app_id") or ""
    app = space.apps.get(app_id) or space.created.get(app_id)
    if app is None:
        raise SlackError("invalid_app_id")
    return app
