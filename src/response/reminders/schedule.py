"""When a reminder is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from response.core import clock
from response.core.models import Incident, Person
from response.reminders.hours import WorkingHours
from response.reminders.models import Reminder

LOOK_AGAIN = timedelta(minutes=1)
"""After a reminder that found nothing to say: it is not counted, and looks again."""


@dataclass(frozen=True)
class Plan:
    """A handler's promise: every `interval`, at most `limit` times, within working hours if `in_hours`."""

    key: str
    interval: timedelta
    limit: int
    in_hours: bool = False


def first_due(incident: Incident, plan: Plan, hours: WorkingHours | None) -> datetime:
    """Return when an incident's first reminder is due: an interval after its start."""
    return moved(incident.start_time + plan.interval, plan, hours)


def moved(moment: datetime, plan: Plan, hours: WorkingHours | None) -> datetime:
    """Return the moment, moved into working hours for a plan that keeps them. Nothing is dropped."""
    return hours.next(moment) if hours and plan.in_hours else moment


def ensure(plan: Plan, incidents: QuerySet[Incident], hours: WorkingHours | None) -> None:
    """Begin the reminders of open incidents that have none of this plan."""
    new = incidents.filter(end_time=None).exclude(reminders__key=plan.key)
    rows = [Reminder(incident=one, key=plan.key, due_at=first_due(one, plan, hours)) for one in new]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def due(plans: Sequence[Plan]) -> QuerySet[Reminder]:
    """Return the reminders of open incidents whose time has come."""
    keys = [plan.key for plan in plans]
    return Reminder.objects.filter(
        key__in=keys, stopped_at=None, due_at__lte=clock.now(), incident__end_time=None
    ).select_related("incident")


def waiting(plans: Sequence[Plan]) -> list[int]:
    """Return the ids of the reminders that are due and not spent."""
    limits = {plan.key: plan.limit for plan in plans}
    found = due(plans).values_list("pk", "key", "sent_count")
    return [pk for pk, key, sent in found if sent < limits[key]]


def claim(reminder_id: int, plan: Plan) -> Reminder | None:
    """Lock a reminder that is still due. None when it was sent, snoozed, stopped or spent meanwhile.

    Call it in the transaction that posts.
    """
    found = due([plan]).select_for_update(of=("self",)).filter(pk=reminder_id).first()
    return found if found and found.sent_count < plan.limit else None


def posted(reminder: Reminder, plan: Plan, hours: WorkingHours | None) -> None:
    """Count a reminder that was posted; the next is due an interval later."""
    reminder.sent_count += 1
    reminder.last_sent_at = clock.now()
    reminder.due_at = moved(reminder.last_sent_at + plan.interval, plan, hours)
    if reminder.sent_count >= plan.limit:
        reminder.stopped_at = reminder.last_sent_at
    reminder.save()


def passed_over(reminder: Reminder, plan: Plan, hours: WorkingHours | None) -> None:
    """Look again soon: there was nothing to say, and nothing was said."""
    reminder.due_at = moved(clock.now() + min(LOOK_AGAIN, plan.interval or LOOK_AGAIN), plan, hours)
    reminder.save(update_fields=["due_at"])


@transaction.atomic
def snooze(reminder_id: int, length: timedelta) -> Reminder | None:
    """Be quiet for so long. None when there is no such reminder."""
    reminder = Reminder.objects.select_for_update(of=("self",)).filter(pk=reminder_id).first()
    if reminder:
        reminder.due_at = clock.now() + length
        reminder.save(update_fields=["due_at"])
    return reminder


@transaction.atomic
def stop(reminder_id: int, *, by: Person) -> Reminder | None:
    """Say no more. None when there is no such reminder."""
    reminder = Reminder.objects.select_for_update(of=("self",)).filter(pk=reminder_id).first()
    if reminder and reminder.stopped_by is None:
        reminder.stopped_at, reminder.stopped_by = clock.now(), by
        reminder.save(update_fields=["stopped_at", "stopped_by"])
    return reminder
