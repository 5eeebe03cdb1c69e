"""Whether somebody may ask anything of us. People from outside are told so, kindly and alone, and learn nothing else.

Slack says who is from outside. Until it has, an ask waits: jobs ask Slack first, and what has to be answered within
three seconds asks with little patience.
"""

import logging

from response.core import access
from response.core.errors import PermanentError, TemporaryError
from response.core.models import Incident, Person
from response.slack import people

logger = logging.getLogger(__name__)

KINDLY = "I only work for members of this workspace. Please ask one of them to do it for you."
NOT_KNOWN = "Slack does not tell me right now who you are. Please try again in a moment."
PATIENCE = 0.6  # seconds; with the 1.5 of opening a form it must stay under Slack's 3

# Kinds of handlers that do something because somebody asks; `event` handlers only take note of what happens.
ASKED = {"command", "action", "dialog", "keyword"}


class NotKnownYet(TemporaryError):
    """Slack has not said yet whether they belong here."""


def admits(person: Person | None, incident: Incident | None) -> bool:
    """Whether somebody may change the incident, or without one declare it. Raises NotKnownYet."""
    if person and person.is_outside is None:
        raise NotKnownYet("Slack has not said who they are")
    visitor = access.visitor(person)
    return access.may_change(visitor, incident) if incident else access.may_act(visitor)


def turned_away(user_id: str, *, name: str = "", in_doubt: str | None = NOT_KNOWN) -> str | None:
    """Return what to tell somebody who may not ask; None lets them. `in_doubt`: what holds when Slack does not say."""
    try:
        is_welcome = admits(people.vetted(user_id, name=name, timeout=PATIENCE), None)
    except (TemporaryError, PermanentError) as error:
        logger.warning("person_not_known reason=%s", error)
        return in_doubt
    return None if is_welcome else KINDLY
