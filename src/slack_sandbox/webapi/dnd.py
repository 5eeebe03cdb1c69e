"""dnd.*: who does not want to be disturbed."""

from slack_sandbox.acts import dnd as acts
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

LONGEST_SNOOZE_MINUTES = 60 * 24 * 365


@method("dnd.info", "dnd:read", errors="user_not_found")
def info(call: Call) -> Json:
    """One person's state, with the snooze only for oneself."""
    person = call.person() if call.text("user") else call.me
    return acts.dnd_state(call.hub, person) | (acts.snooze_state(call.hub, person) if person is call.me else {})


@method("dnd.teamInfo", "dnd:read", errors="no_users_provided")
def team_info(call: Call) -> Json:
    """Several people's states. Who is not known is left out."""
    wanted = call.names("users")
    if not wanted:
        raise SlackError("no_users_provided")
    people = call.hub.workspace.people
    return {"users": {user: acts.dnd_state(call.hub, people[user]) for user in wanted[:50] if user in people}}


@method("dnd.setSnooze", "dnd:write", tokens="user", errors="missing_duration too_long snooze_failed")
def set_snooze(call: Call) -> Json:
    """Do not disturb for so many minutes."""
    given = call.required("num_minutes", "missing_duration")
    if not given.isdecimal() or not given.strip("0"):
        raise SlackError("snooze_failed")
    if len(given) > 9 or int(given) > LONGEST_SNOOZE_MINUTES:
        raise SlackError("too_long")
    acts.snooze(call.hub, call.me, int(given) * 60)
    return acts.snooze_state(call.hub, call.me)


@method("dnd.endSnooze", "dnd:write", tokens="user", errors="snooze_end_failed")
def end_snooze(call: Call) -> Json:
    """Be there again."""
    if not acts.is_snoozing(call.hub, call.me):
        raise SlackError("snooze_end_failed")
    acts.end_snooze(call.hub, call.me)
    return acts.dnd_state(call.hub, call.me) | {"snooze_enabled": False}


@method("dnd.endDnd", "dnd:write", tokens="user", errors="not_in_dnd")
def end_dnd(call: Call) -> Json:
    """The same, for a session however it began."""
    if not acts.is_snoozing(call.hub, call.me):
        raise SlackError("not_in_dnd")
    acts.end_snooze(call.hub, call.me)
    return {}
