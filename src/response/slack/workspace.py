"""The workspace that the app is installed in, and who belongs to it."""

from typing import Any

from django.conf import settings

from response.slack import client
from response.slack.payloads import list_at, text_at

# Token and address -> the workspace's id, which never changes.
_teams: dict[tuple[str, str], str] = {}


def team_id(*, timeout: float | None = None) -> str:
    """Return our workspace's id. Slack is asked once in the life of a process; raises what `client.call` does."""
    key = (settings.SLACK_TOKEN, settings.SLACK_API_URL)
    if key not in _teams:
        _teams[key] = text_at(client.call("auth.test", timeout=timeout), "team_id")
    return _teams[key]


def is_outside(user: dict[str, Any]) -> bool:
    """Whether a user object of Slack's is a guest's, or of another workspace (https://docs.slack.dev/apis/slack-connect).

    In an Enterprise organisation somebody may be of several workspaces: `team_id` is one of them.
    """
    if any(user.get(mark) for mark in ("is_stranger", "is_restricted", "is_ultra_restricted")):
        return True
    teams = {text_at(user, "team_id"), *list_at(user, "enterprise_user", "teams")}
    return team_id() not in teams
