"""Who may see and change what. Pages, API, search, exports, the admin and Slack's handlers all ask here.

Members, the people of the workspace, see and change every incident. Operators also see what runs Response. People
from outside (guests, partners of another workspace, those who left, bots) are nobody, and learn nothing.
"""

from dataclasses import dataclass
from enum import IntEnum

from django.conf import settings
from django.db.models import QuerySet

from response.core.models import Action, Incident, Person, TimelineEvent


class Role(IntEnum):
    """What somebody is here. Each may do what those before it may."""

    NOBODY = 0
    READER = 1  # only where RESPONSE_LOGIN_REQUIRED=false opens the pages to read
    MEMBER = 2
    OPERATOR = 3


@dataclass(frozen=True)
class Visitor:
    """Somebody who looks or acts: who they are, when that is known, and what they are here."""

    person: Person | None = None
    role: Role = Role.NOBODY


def visitor(person: Person | None, *, is_operator: bool = False) -> Visitor:
    """Return what a person is here. An operator's account gives no rights to somebody from outside."""
    if person is None or is_outside(person):
        return Visitor(person)
    return Visitor(person, Role.OPERATOR if is_operator else Role.MEMBER)


def page_visitor(person: Person | None, *, is_operator: bool = False) -> Visitor:
    """Return what somebody is on the pages, which a setting opens for reading to whoever reaches them."""
    known = visitor(person, is_operator=is_operator)
    return known if settings.RESPONSE_LOGIN_REQUIRED else Visitor(person, max(known.role, Role.READER))


def is_outside(person: Person) -> bool:
    """Whether somebody is a guest, of another workspace, no longer there, or no person at all."""
    return bool(person.is_outside or person.deleted or person.is_bot)


def may_read(visitor: Visitor) -> bool:
    """Whether somebody may see incidents at all: the list, the search, who people are."""
    return visitor.role >= Role.READER


def may_act(visitor: Visitor) -> bool:
    """Whether somebody may change anything, which begins with declaring an incident."""
    return visitor.role >= Role.MEMBER and visitor.person is not None


def may_operate(visitor: Visitor) -> bool:
    """Whether somebody may see what runs Response: deliveries, jobs, the admin, tokens, the API's description."""
    return visitor.role >= Role.OPERATOR


def may_see(visitor: Visitor, incident: Incident) -> bool:  # noqa: ARG001 - today all incidents are alike
    """Whether somebody may see this incident, and all that hangs on it."""
    return may_read(visitor)


def may_change(visitor: Visitor, incident: Incident) -> bool:
    """Whether somebody may change this incident, and all that hangs on it."""
    return may_act(visitor) and may_see(visitor, incident)


def visible_incidents(visitor: Visitor) -> QuerySet[Incident]:
    """Return the incidents that somebody may see."""
    return Incident.objects.all() if may_read(visitor) else Incident.objects.none()


def visible_actions(visitor: Visitor) -> QuerySet[Action]:
    """Return the actions of the incidents that somebody may see."""
    return Action.objects.all() if may_read(visitor) else Action.objects.none()


def visible_entries(visitor: Visitor) -> QuerySet[TimelineEvent]:
    """Return the timeline entries of the incidents that somebody may see."""
    return TimelineEvent.objects.all() if may_read(visitor) else TimelineEvent.objects.none()


def visible_people(visitor: Visitor) -> QuerySet[Person]:
    """Return the people whose pages somebody may see."""
    return Person.objects.all() if may_read(visitor) else Person.objects.none()
