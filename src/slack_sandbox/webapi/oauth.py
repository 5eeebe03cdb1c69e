"""openid.connect.* and oauth.v2.*: what codes are exchanged for."""

from slack_sandbox.acts.apps import add_to_workspace, grant_user_token
from slack_sandbox.errors import SlackError
from slack_sandbox.oauth import claims, keys
from slack_sandbox.oauth.grants import INSTALL, OPENID, Grant
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

CODE = (
    "bad_client_secret bad_redirect_uri invalid_client_id invalid_code invalid_grant_type"
    " oauth_authorization_url_mismatch"
)


@method("openid.connect.token", tokens="", errors=f"{CODE} invalid_grant")
def openid_token(call: Call) -> Json:
    """A code for an id_token, and a token that userInfo takes."""
    app = call.client()
    grant = _redeemed(call, app, OPENID)
    grant.require_verifier(call.text("code_verifier"), "invalid_grant")
    signed = keys.sign(claims.id_token(call.hub, grant, app.client_id))
    return {"access_token": call.hub.grants.token_for(grant), "token_type": "Bearer", "id_token": signed}


@method("openid.connect.userInfo", tokens="")
def user_info(call: Call) -> Json:
    """Who has signed in."""
    grant = call.hub.grants.behind(call.token)
    if "openid" not in grant.scopes:
        raise SlackError("missing_scope", needed="openid", provided=",".join(grant.scopes))
    if call.hub.workspace.people[grant.user_id].deleted:
        raise SlackError("account_inactive")
    return claims.user_info(call.hub, grant)


@method("oauth.v2.access", tokens="", errors=f"{CODE} invalid_code_verifier")
def install(call: Call) -> Json:
    """A code for the app's bot token: the app is installed with the scopes that it asked for."""
    app = call.client()
    grant = _redeemed(call, app, INSTALL)
    grant.require_verifier(call.text("code_verifier"), "invalid_code_verifier")
    app.scopes = list(grant.scopes)
    app.installed = call.hub.clock.now()
    add_to_workspace(call.hub, app)
    bot = {"scope": ",".join(grant.scopes), "token_type": "bot", "access_token": app.bot_token}
    bot |= {"bot_user_id": app.bot_user}
    person = {"id": grant.user_id} | (_of_person(call, app, grant) if grant.user_scopes else {})
    return {"authed_user": person, **(bot if grant.scopes else {}), **_place(call, app)}


@method("oauth.v2.user.access", tokens="", errors=f"{CODE} no_user_scopes")
def install_for_person(call: Call) -> Json:
    """A code for a token with which the app acts for the person who has allowed it."""
    app = call.client()
    grant = _redeemed(call, app, INSTALL)
    grant.require_verifier(call.text("code_verifier"), "invalid_code")
    if not grant.user_scopes:
        raise SlackError("no_user_scopes")
    if app.id not in call.hub.workspace.apps:
        add_to_workspace(call.hub, app)
    return {"user_id": grant.user_id, **_of_person(call, app, grant), **_place(call, app)}


@method(
    "oauth.v2.exchange",
    tokens="",
    errors="bad_client_secret invalid_client_id invalid_token token_rotation_not_enabled",
)
def exchange(call: Call) -> Json:
    """A token that lives on for one that grows old: no app here has token rotation, which nobody can undo."""
    app = call.client()
    if call.token not in (app.bot_token, *(given["token"] for given in app.user_tokens)):
        raise SlackError("invalid_token")
    raise SlackError("token_rotation_not_enabled")


def _of_person(call: Call, app: App, grant: Grant) -> Json:
    token = grant_user_token(call.hub, app, call.hub.workspace.people[grant.user_id], list(grant.user_scopes))
    return {"scope": ",".join(grant.user_scopes), "access_token": token, "token_type": "user"}


def _place(call: Call, app: App) -> Json:
    team = {"id": call.hub.workspace.team.id, "name": call.hub.workspace.team.name}
    return {"app_id": app.id, "team": team, "enterprise": None, "is_enterprise_install": False}


def _redeemed(call: Call, app: App, kind: str) -> Grant:
    if call.text("grant_type") not in (None, "authorization_code"):
        raise SlackError("invalid_grant_type")
    grant = call.hub.grants.redeem(call.text("code") or "", kind, app.id)
    if grant.redirect_uri != (call.text("redirect_uri") or ""):
        raise SlackError("bad_redirect_uri")
    return grant
