"""There is no way to change an incident without a trace."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection

from response.core import actions, changes, clock
from response.core.errors import UserError
from response.core.models import Incident, Person, TimelineEvent
from response.core.severity import Severity

pytestmark = pytest.mark.django_db


def trace(incident: Incident) -> list[str]:
    return list(incident.events.exclude(metadata__update_type="incident_opened").values_list("text", flat=True))


def test_declaring_stores_the_report_as_it_came(rae: Person) -> None:
    report = "<!channel> <script>alert(1)</script> & מתנה 🔥"
    incident = actions.declare(report, by=rae)
    incident.refresh_from_db()
    assert incident.report == report
    assert incident.start_time == incident.report_time
    assert incident.events.get().author == rae


@pytest.mark.parametrize("report", ["", "   ", "\n\t"])
def test_a_report_that_says_nothing_is_refused(rae: Person, report: str) -> None:
    with pytest.raises(UserError, match="empty"):
        actions.declare(report, by=rae)
    assert not Incident.objects.exists()


def test_saving_writes_down_old_and_new_and_by_whom(incident: Incident, lee: Person) -> None:
    with changes.acting(lee, via="slack"):
        incident.severity = "1"
        incident.save()
    entry = incident.events.latest("id")
    assert entry.text == "Severity set to Critical"
    assert entry.metadata == {"update_type": "incident_severity", "old_value": None, "new_value": "1"}
    assert (entry.author, entry.via) == (lee, "slack")


def test_saying_it_again_changes_nothing(incident: Incident, lee: Person) -> None:
    actions.set_severity(incident, Severity.MAJOR, by=lee)
    actions.set_severity(incident, Severity.MAJOR, by=lee)
    assert trace(incident) == ["Severity set to Major"]


def test_the_worst_severity_is_kept(incident: Incident, lee: Person) -> None:
    for level in (Severity.MINOR, Severity.CRITICAL, Severity.TRIVIAL, None):
        actions.set_severity(incident, level, by=lee)
    incident.refresh_from_db()
    assert (incident.severity, incident.max_severity) == (None, "1")


def test_two_people_changing_two_fields_lose_nothing(incident: Incident, rae: Person, lee: Person) -> None:
    one, other = Incident.objects.get(), Incident.objects.get()
    one.summary = "The queue is full"
    one.save(by=rae)
    other.impact = "No card payments"
    other.save(by=lee)
    incident.refresh_from_db()
    assert (incident.summary, incident.impact) == ("The queue is full", "No card payments")
    assert other.summary == "The queue is full"


def test_bulk_changes_leave_a_trace_each(rae: Person) -> None:
    for number in range(3):
        actions.declare(f"Incident {number}", by=rae)
    assert Incident.objects.all().update(severity="2") == 3
    assert TimelineEvent.objects.filter(text="Severity set to Major").count() == 3


def test_nothing_is_deleted_by_accident(incident: Incident) -> None:
    with pytest.raises(ValidationError):
        incident.delete()
    with pytest.raises(ValidationError):
        Incident.objects.all().delete()


def test_closing_again_changes_nothing(incident: Incident, lee: Person) -> None:
    assert actions.close(incident, by=lee)
    ended = incident.end_time
    clock.move(timedelta(hours=1))
    assert not actions.close(incident, by=lee)
    incident.refresh_from_db()
    assert incident.end_time == ended
    assert trace(incident) == ["Incident closed"]


def test_reopening_is_an_entry_and_overwrites_nothing(incident: Incident, lee: Person) -> None:
    actions.close(incident, by=lee)
    assert actions.reopen(incident, by=lee)
    assert not actions.reopen(incident, by=lee)
    assert trace(incident) == ["Incident closed", "Incident reopened"]


@pytest.mark.django_db(transaction=True)
def test_two_people_closing_at_once_close_once(incident: Incident, lee: Person, rae: Person) -> None:
    outcomes: list[bool] = []

    def press(person: Person) -> None:
        outcomes.append(actions.close(Incident.objects.get(pk=incident.pk), by=person))
        connection.close()
        close_old_connections()

    threads = [threading.Thread(target=press, args=[person]) for person in (lee, rae)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    assert trace(incident) == ["Incident closed"]


@pytest.mark.parametrize(
    ("elapsed", "spoken"),
    [
        (timedelta(seconds=0), "0 secs"),
        (timedelta(seconds=1), "1 sec"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(hours=25, minutes=1, seconds=1), "1 day 1 hr 1 min"),
        (timedelta(minutes=-5), "0 secs"),
    ],
)
def test_durations_are_said_as_people_say_them(incident: Incident, elapsed: timedelta, spoken: str) -> None:
    incident.end_time = incident.start_time + elapsed
    assert incident.duration() == spoken
