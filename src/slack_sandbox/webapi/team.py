"""team.* and emoji.list"""

from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.people import team_icon
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import SLACKBOT
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import numbered_page, page
from slack_sandbox.webapi.registry import method


@method("team.info", "team:read", errors="team_not_found")
def team_info(call: Call) -> Json:
    """The workspace."""
    team = call.hub.workspace.team
    if call.text("team") not in (None, team.id) or call.text("domain") not in (None, team.domain):
        raise SlackError("team_not_found")
    described = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
    return {"team": described | {"icon": team_icon(call.hub), "url": f"{call.hub.base_url}/"}}


@method("team.profile.get", "users.profile:read")
def team_profile(call: Call) -> Json:
    """The fields that this workspace has added to people's profiles."""
    return {"profile": {"fields": call.hub.workspace.team.profile_fields, "sections": []}}


@method("team.preferences.list", "team.preferences:read")
def preferences(call: Call) -> Json:
    """What this workspace allows."""
    team = call.hub.workspace.team
    return {
        "msg_edit_window_mins": team.msg_edit_window_mins,
        "allow_message_deletion": True,
        "display_real_names": False,
        "disable_file_uploads": team.disable_file_uploads,
        "who_can_post_general": team.who_can_post_general,
    }


@method("team.billing.info", "team.billing:read")
def billing(call: Call) -> Json:
    """The plan: `std` unless the workspace was set up with another."""
    return {"plan": call.hub.workspace.team.plan}


@method("team.billableInfo", "admin", tokens="user", errors="invalid_cursor user_not_found")
def billable(call: Call) -> Json:
    """Who is paid for."""
    people = [p for p in call.hub.workspace.people.values() if not p.is_bot and p.id != SLACKBOT]
    if call.text("user"):
        people = [call.person()]
    people.sort(key=lambda person: person.id)
    limit = call.number("limit", 1000, 1000)
    some, cursor = page(people, lambda p: p.id, cursor=call.text("cursor"), limit=limit, kind="user")
    info = {person.id: {"billing_active": not person.deleted} for person in some}
    return {"billable_info": info, "response_metadata": {"next_cursor": cursor}}


@method("team.accessLogs", "admin", tokens="user", errors="over_pagination_limit paid_only")
def access_logs(call: Call) -> Json:
    """Who has opened the workspace in a browser, latest first."""
    if call.hub.workspace.team.plan == "free":
        raise SlackError("paid_only")
    if call.number("page", 1, 10_000) > 100:
        raise SlackError("over_pagination_limit")
    logins = sorted(call.hub.workspace.logins.values(), key=lambda login: -int(login["date_last"]))
    some, paging = numbered_page(call, logins)
    return {"logins": some, "paging": paging}


@method("team.integrationLogs", "admin", tokens="user")
def integration_logs(call: Call) -> Json:
    """Which apps came, changed and went, latest first."""
    wanted = {"app_id": call.text("app_id"), "user_id": call.text("user"), "change_type": call.text("change_type")}
    fits = {name: value for name, value in wanted.items() if value}
    logs = [log for log in reversed(call.hub.workspace.integration_log) if fits.items() <= log.items()]
    some, paging = numbered_page(call, logs)
    return {"logs": some, "paging": paging}


@method("team.externalTeams.list", "conversations.connect:manage", "team:read", tokens="bot")
def external_teams(_call: Call) -> Json:
    """Organizations connected with this one: there is none in a sandbox."""
    return {"organizations": [], "total_count": 0, "response_metadata": {"next_cursor": ""}}


@method(
    "team.externalTeams.disconnect",
    "conversations.connect:manage",
    tokens="bot",
    errors="missing_argument invalid_target_team",
)
def disconnect(call: Call) -> Json:
    """Let go of a connected organization."""
    call.required("target_team", "missing_argument")
    raise SlackError("invalid_target_team")


@method("emoji.list", "emoji:read")
def emoji_list(call: Call) -> Json:
    """Custom emoji only, as in Slack."""
    return {"emoji": dict(call.hub.workspace.emoji), "cache_ts": call.hub.new_ts()}
