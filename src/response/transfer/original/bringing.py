"""`response import-response`: everything of the original's, in one transaction, and without a word in Slack."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import Error, models, transaction

from response.core import clock
from response.core.models import Action, Incident, Person, TimelineEvent
from response.reminders.models import Reminder
from response.slack import reminding
from response.slack.models import CommsChannel, HeadlinePost, PinnedMessage, UserStats
from response.transfer import reading
from response.transfer.original.incidents import Bringer
from response.transfer.original.people import UNKNOWN
from response.transfer.original.reading import Original
from response.transfer.original.source import opened
from response.transfer.rows import Unreadable
from response.transfer.writing import AT_ONCE


@dataclass(frozen=True)
class Report:
    """What was found there, what came over, and what is worth knowing."""

    counts: dict[str, tuple[int, int]]
    notes: list[str]


def bring_over(url: str, *, dry_run: bool = False) -> Report:
    """Bring over a database of the original, or nothing of it. Raises Unreadable with all that is wrong."""
    with opened(url) as source:
        original = Original.read(source)
    bringer = Bringer(original)
    original.problems.raise_any()
    with transaction.atomic():
        reading.require_empty()
        report = store(bringer)
        reading.settle([Action, Incident, Person, TimelineEvent, CommsChannel, HeadlinePost, PinnedMessage, UserStats])
        transaction.set_rollback(dry_run)
    return report


def store(bringer: Bringer) -> Report:
    """Store all of it past every manager: nothing is announced, so nothing is written down or said."""
    people, incidents = bringer.people.known.values(), bringer.incidents.values()
    known = len([person for person in people if person.app_id != UNKNOWN[0]])
    insert(Person, people)
    insert(Incident, incidents)
    insert(TimelineEvent, bringer.entries.values())
    reading.settle([TimelineEvent])
    insert(TimelineEvent, bringer.pinned_entries)
    insert(Action, bringer.actions)
    insert(CommsChannel, bringer.channels.values())
    missing = [HeadlinePost(incident=one) for one in incidents if one.pk not in bringer.headlines]
    insert(HeadlinePost, [*bringer.headlines.values(), *missing])
    insert(PinnedMessage, bringer.pins)
    insert(UserStats, bringer.stats)
    reminders = silenced(bringer)
    insert(Reminder, reminders)
    found = bringer.found
    counts = {
        "incidents": (len(found["incidents"]), len(incidents)),
        "people": (len(found["people"]) or known, known),
        "channels": (len(found["channels"]), len(bringer.channels)),
        "headlines": (len(found["headlines"]), len(bringer.headlines)),
        "timeline entries": (len(found["timeline"]), len(bringer.entries)),
        "pinned messages": (len(found["pins"]), len(bringer.pins)),
        "actions": (len(found["actions"]), len(bringer.actions)),
        "participants": (len(found["participants"]), len(bringer.stats)),
    }
    return Report(counts, [*bringer.original.problems.notes, *about_reminders(bringer)])


def insert(model: type[models.Model], rows: Iterable[Any]) -> None:
    plain: models.QuerySet[Any] = models.QuerySet(model)
    try:
        plain.bulk_create(list(rows), batch_size=AT_ONCE)
    except Error as error:
        raise Unreadable(f"{model._meta.verbose_name}: {reading.first_line(error)}.") from error


def silenced(bringer: Bringer) -> list[Reminder]:
    """Return the reminders of incidents that are still open, all stopped: they may have run for years."""
    now = clock.now()
    sent = {(row.get("incident_id"), row.text("key")): row for row in bringer.found["reminders"]}
    made = []
    for incident in bringer.incidents.values():
        for plan in reminding.plans() if incident.end_time is None else ():
            row = sent.get((incident.pk, plan.key.rpartition(".")[2]))
            times = row.whole("repeat_count") + 1 if row else 0
            last = row.moment("time") if row else None
            made.append(
                Reminder(
                    incident=incident, key=plan.key, due_at=now, sent_count=times, last_sent_at=last, stopped_at=now
                )
            )
    return made


def about_reminders(bringer: Bringer) -> list[str]:
    open_ones = sum(incident.end_time is None for incident in bringer.incidents.values())
    return (
        [f"{open_ones} incidents are open. Nobody is reminded of them: close those that are over."] if open_ones else []
    )
