"""api.test, auth.test, team.info, emoji.list, bots.info."""

from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.people import pictures
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method


@method("api.test", needs_token=False)
def api_test(call: Call) -> Json:
    """Give the arguments back; `error` asks for that error."""
    given = {name: str(value) for name, value in call.args.items()}
    if error := call.text("error"):
        raise SlackError(error, args=given)
    return {"args": given}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Who the token is."""
    team = call.hub.workspace.team
    return {
        "url": f"{call.hub.base_url}/",
        "team": team.name,
        "user": call.me.name,
        "team_id": team.id,
        "user_id": call.me.id,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


@method("team.info", "team:read")
def team_info(call: Call) -> Json:
    """The workspace."""
    team = call.hub.workspace.team
    icon = pictures(call.hub, team.id, (34, 44, 68, 88, 102, 132, 230)) | {"image_default": True}
    described = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": icon}
    return {"team": described | {"url": f"{call.hub.base_url}/"}}


@method("emoji.list", "emoji:read")
def emoji_list(call: Call) -> Json:
    """Custom emoji only, as in Slack."""
    return {"emoji": call.hub.workspace.emoji, "cache_ts": call.hub.new_ts()}


@method("bots.info", "users:read")
def bots_info(call: Call) -> Json:
    """An app's bot by its B… id."""
    wanted = call.text("bot") or call.app.bot_id
    for app in call.hub.workspace.apps.values():
        if app.bot_id == wanted:
            icons = pictures(call.hub, app.bot_user, (36, 48, 72))
            described = {"id": app.bot_id, "deleted": False, "name": app.name, "updated": int(app.installed)}
            return {"bot": described | {"app_id": app.id, "user_id": app.bot_user, "icons": icons}}
    raise SlackError("bot_not_found")
