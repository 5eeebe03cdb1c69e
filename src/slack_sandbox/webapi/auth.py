"""api.test, auth.* and bots.info"""

from slack_sandbox.acts.apps import revoke
from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.people import pictures, team_icon
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method


@method("api.test", tokens="", errors="*")
def api_test(call: Call) -> Json:
    """Give the arguments back; `error` asks for that error."""
    given = {name: str(value) for name, value in call.args.items()}
    if error := call.text("error"):
        raise SlackError(error, args=given)
    return {"args": given}


@method("auth.test", tokens="bot user app")
def auth_test(call: Call) -> Json:
    """Who the token is."""
    team = call.hub.workspace.team
    if call.caller.kind == "app":
        return {"app_id": call.app.id, "app_name": call.app.name}
    answer: Json = {
        "url": f"{call.hub.base_url}/",
        "team": team.name,
        "user": call.me.name,
        "team_id": team.id,
        "user_id": call.me.id,
        "is_enterprise_install": False,
    }
    return answer | ({"bot_id": call.app.bot_id} if call.caller.kind == "bot" else {})


@method("auth.revoke", tokens="bot user")
def auth_revoke(call: Call) -> Json:
    """Make the token that calls worthless; `test` only says that it would be."""
    if call.flag("test"):
        return {"revoked": False}
    revoke(call.hub, call.app, call.token or "")
    return {"revoked": True}


@method("auth.teams.list", errors="invalid_cursor invalid_limit")
def list_teams(call: Call) -> Json:
    """The workspaces that the app is installed in: this one."""
    team = call.hub.workspace.team
    shown: Json = {"id": team.id, "name": team.name}
    if call.flag("include_icon"):
        shown["icon"] = team_icon(call.hub)
    limit = call.number("limit", 100, 1000, "invalid_limit")
    some, cursor = page([shown], lambda each: str(each["id"]), cursor=call.text("cursor"), limit=limit, kind="team")
    return {"teams": some, "response_metadata": {"next_cursor": cursor}}


@method("bots.info", "users:read", errors="bot_not_found")
def bots_info(call: Call) -> Json:
    """An app's bot by its B… id."""
    wanted = call.text("bot") or call.app.bot_id
    for app in call.hub.workspace.apps.values():
        if app.bot_id == wanted:
            icons = pictures(call.hub, app.bot_user, (36, 48, 72))
            described = {"id": app.bot_id, "deleted": False, "name": app.name, "updated": int(app.installed)}
            return {"bot": described | {"app_id": app.id, "user_id": app.bot_user, "icons": icons}}
    raise SlackError("bot_not_found")
