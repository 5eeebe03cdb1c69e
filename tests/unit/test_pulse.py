"""That an incident changed is noted with every change, whoever makes it, when it is committed."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from response.core import actions
from response.core.models import Action, Incident, Person, Pulse, TimelineEvent
from response.slack.models import CommsChannel, UserStats

pytestmark = pytest.mark.django_db(transaction=True)


def version(incident: Incident) -> int:
    return Pulse.objects.get(incident=incident).version


CHANGES: dict[str, Callable[[Incident, Person], object]] = {
    "a verb": lambda incident, lee: actions.set_lead(incident, lee, by=lee),
    "a note": lambda incident, lee: actions.add_to_timeline(incident, "It is back", by=lee),
    "a plugin's own entry": lambda incident, lee: TimelineEvent.objects.create(incident=incident, text="It is back"),
    "an entry taken away": lambda incident, _: incident.events.all().delete(),
    "many at once": lambda incident, _: incident.events.update(text="Something else"),
    "an action": lambda incident, lee: actions.add_action(incident, "Tell support", by=lee),
    "an action done": lambda incident, _: Action.objects.update(done=True),
    "a channel": lambda incident, _: CommsChannel.objects.create(incident=incident, channel_name="inc-101"),
    "somebody who came": lambda incident, lee: UserStats.objects.create(incident=incident, user=lee),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_noted(change: Callable[[Incident, Person], object], incident: Incident, lee: Person) -> None:
    actions.add_action(incident, "Roll back", by=lee)
    before = version(incident)
    change(incident, lee)
    assert version(incident) != before


def test_what_changes_nothing_is_not_noted(incident: Incident, lee: Person) -> None:
    stats = UserStats.objects.create(incident=incident, user=lee)
    before = version(incident)
    actions.set_lead(incident, None, by=lee)
    UserStats.objects.filter(pk=stats.pk).update(message_count=7)
    assert version(incident) == before


def test_a_transaction_is_one_version_and_only_when_it_is_committed(incident: Incident, lee: Person) -> None:
    before = version(incident)
    with transaction.atomic():
        actions.set_summary(incident, "Full queue", by=lee)
        actions.set_lead(incident, lee, by=lee)
        assert version(incident) == before
        transaction.set_rollback(True)
    assert version(incident) == before
    with transaction.atomic():
        actions.set_lead(incident, lee, by=lee)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            [number] = cursor.fetchone()
    assert version(incident) == number


def test_the_search_hears_of_it_again(incident: Incident, lee: Person) -> None:
    Pulse.objects.update(is_searchable=True)
    actions.set_summary(incident, "Full queue", by=lee)
    assert not Pulse.objects.get().is_searchable
