"""The workspace that the app is installed in, and who belongs to it."""

from functools import lru_cache
from typing import Any

from django.conf import settings

from response.slack import client
from response.slack.payloads import list_at, text_at


def team_id() -> str:
    """Return our workspace's id. Slack is asked once in the life of a process."""
    return team_of(settings.SLACK_TOKEN, settings.SLACK_API_URL)


@lru_cache(maxsize=8)
def team_of(_token: str, _api_url: str) -> str:
    return text_at(client.call("auth.test"), "team_id")


def is_outside(user: dict[str, Any]) -> bool:
    """Whether a user object of Slack's is a guest's, or of another workspace (https://docs.slack.dev/apis/slack-connect).

    In an Enterprise organisation somebody may be of several workspaces: `team_id` is one of them.
    """
    if any(user.get(mark) for mark in ("is_stranger", "is_restricted", "is_ultra_restricted")):
        return True
    teams = {text_at(user, "team_id"), *list_at(user, "enterprise_user", "teams")}
    return team_id() not in teams
