"""Who is let in: people of our Slack workspace, and whom the other provider knows under a domain of ours."""

from typing import Any

from django.conf import settings

from response.core import access
from response.core.models import Person
from response.slack import people

TEAM, USER = "https://slack.com/team_id", "https://slack.com/user_id"

OUTSIDE = "This Slack account belongs to a guest, or to another workspace. Response is for members of the workspace."
OTHER_DOMAIN = "Response is for people of this company, and your account is not one of theirs."

Claims = dict[str, Any]


class Refused(Exception):
    """Somebody is not let in; the message tells them why."""


def person_of_slack(claims: Claims) -> Person:
    """Return the person with this workspace and user id, as Slack's own word on them says now.

    Raises Refused for somebody from outside, and what `people.vetted` raises when Slack does not say.
    """
    user_id = claims.get(USER)
    if not isinstance(user_id, str) or not people.SLACK_ID.fullmatch(user_id):
        raise Refused(OUTSIDE)
    person = people.vetted(user_id, again=True)
    if access.is_outside(person) or claims.get(TEAM) != person.team_id:
        raise Refused(OUTSIDE)
    return person


def require_domain(claims: Claims) -> None:
    """Raise Refused unless the provider's word is enough, or it has verified an address of one of our domains."""
    domain = str(claims.get("email", "")).rpartition("@")[2].lower()
    if settings.OIDC_DOMAINS and not (claims.get("email_verified") is True and domain in settings.OIDC_DOMAINS):
        raise Refused(OTHER_DOMAIN)
