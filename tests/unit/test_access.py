"""Who may see and change what."""

import pytest
from django.test import override_settings

from response.core import access
from response.core.access import Role, Visitor
from response.core.models import Action, Incident, Person

pytestmark = pytest.mark.django_db

OUTSIDERS = [{"is_outside": True}, {"deleted": True}, {"is_bot": True}]


def rights(visitor: Visitor, incident: Incident) -> list[bool]:
    """What somebody may, from the least to the most."""
    return [
        access.may_read(visitor),
        access.may_see(visitor, incident),
        access.may_act(visitor),
        access.may_change(visitor, incident),
        access.may_operate(visitor),
    ]


def test_members_see_and_change_every_incident(rae: Person, incident: Incident) -> None:
    assert rights(access.visitor(rae), incident) == [True, True, True, True, False]


def test_operators_also_see_what_runs_response(rae: Person, incident: Incident) -> None:
    assert rights(access.visitor(rae, is_operator=True), incident) == [True] * 5


@pytest.mark.parametrize("what", OUTSIDERS)
@pytest.mark.parametrize("is_operator", [False, True])
def test_people_from_outside_are_nobody(
    rae: Person, incident: Incident, what: dict[str, bool], is_operator: bool
) -> None:
    for field, value in what.items():
        setattr(rae, field, value)
    assert rights(access.visitor(rae, is_operator=is_operator), incident) == [False] * 5


def test_nobody_is_known_to_be_a_member_before_they_say_who_they_are(incident: Incident) -> None:
    assert rights(access.visitor(None), incident) == [False] * 5


def test_nobody_finds_anything(incident: Incident, rae: Person) -> None:
    Action.objects.create(incident=incident, details="Look")
    finders = [access.visible_incidents, access.visible_actions, access.visible_entries, access.visible_people]
    assert [find(access.visitor(None)).exists() for find in finders] == [False] * 4
    assert [find(access.visitor(rae)).exists() for find in finders] == [True] * 4


@pytest.mark.parametrize("is_outside", [False, True])
def test_a_setting_opens_the_pages_to_read_and_no_more(rae: Person, incident: Incident, is_outside: bool) -> None:
    rae.is_outside = is_outside
    for person in (None, rae):
        assert access.page_visitor(person).role == (Role.MEMBER if person and not is_outside else Role.NOBODY)
    with override_settings(RESPONSE_LOGIN_REQUIRED=False):
        assert rights(access.page_visitor(None), incident) == [True, True, False, False, False]
        may_change = not is_outside
        assert rights(access.page_visitor(rae), incident) == [True, True, may_change, may_change, False]
        assert access.visitor(None).role == Role.NOBODY, "the setting is about pages alone"
