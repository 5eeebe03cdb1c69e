"""Who is behind an id, and whether they belong here. The id is enough to be named; to act, Slack vouches first."""

import re
from datetime import timedelta
from typing import Any

from response.core import clock
from response.core.errors import PermanentError
from response.core.models import Person
from response.plugins import event_handler
from response.slack import client, workspace
from response.slack.client import SlackRefused
from response.slack.payloads import dict_at, text_at
from response.slack.queue import CHORE, defer

STALE = timedelta(days=1)
SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,19}")
SLACKBOT = "USLACKBOT"
# What Slack says of people that this workspace does not have.
NOT_OURS = {"user_not_found", "user_not_visible"}


def known(user_id: str, *, name: str = "") -> Person:
    """Return the person with this Slack id, and ask for their profile when it is unknown or a day old."""
    person = Person.objects.known_as(user_id, name=name)
    if person.profile_read_at is None or clock.now() - person.profile_read_at > STALE:
        # Marked first: whoever sees them next in this second does not ask again.
        Person.objects.filter(pk=person.pk).update(profile_read_at=clock.now())
        defer("read_profile", lock=f"profile:{user_id}", priority=CHORE, user_id=user_id)
    return person


def vetted(user_id: str, *, name: str = "", again: bool = False, timeout: float | None = None) -> Person:
    """Return the person with this Slack id, of whom Slack has said whether they belong here; `again`: says it now.

    Raises TemporaryError or PermanentError when Slack does not say.
    """
    person = Person.objects.known_as(user_id, name=name)
    if again or person.is_outside is None:
        workspace.team_id(timeout=timeout)  # before, so that `timeout` holds for it too
        try:
            learn(dict_at(client.call("users.info", timeout=timeout, user=user_id), "user"))
        except SlackRefused as error:
            if error.error not in NOT_OURS:
                raise
            person.learn(is_outside=True)
        person.refresh_from_db()
        return person
    return known(user_id)


def read_profile(user_id: str) -> None:
    """Take over what Slack says of a person now. Somebody Slack does not know stays as the id."""
    try:
        vetted(user_id, again=True)
    except PermanentError:
        return


def learn(user: dict[str, Any]) -> None:
    """Take over a user object of Slack's."""
    user_id = text_at(user, "id")
    if not user_id:
        return
    profile = dict_at(user, "profile")
    full_name = text_at(profile, "real_name") or text_at(user, "real_name")
    Person.objects.known_as(user_id).learn(
        display_name=(text_at(profile, "display_name") or full_name or text_at(user, "name"))[:200],
        full_name=full_name[:200],
        email=text_at(profile, "email")[:254],
        timezone=text_at(user, "tz")[:60],
        is_bot=bool(user.get("is_bot")) or user_id == SLACKBOT,
        deleted=bool(user.get("deleted")),
        team_id=text_at(user, "team_id")[:20],
        is_outside=workspace.is_outside(user),
    )


@event_handler("user_change")
def follow_profile(event: dict[str, Any]) -> None:
    """Know at once when somebody whom we know leaves, becomes a guest, or has another name."""
    user = dict_at(event, "user")
    if Person.objects.filter(app_id="slack", external_id=text_at(user, "id")).exists():
        # The event comes without the address, and possibly late: Slack is asked what holds now.
        defer("read_profile", lock=f"profile:{text_at(user, 'id')}", priority=CHORE, user_id=text_at(user, "id"))
