"""A database of any size with a believable past: `fill(connection, Size(incidents=100_000, entries=1_000_000))`.

It is written with COPY, past the record's own verbs, which would take hours. The same seed gives the same rows, but for
the time: the newest incidents are of now. Incident 1 is the oldest; the newest one has the longest timeline.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bench.words import Writer

YEARS = 3
SEVERITIES = ("1", "2", "2", "3", "3", "3", "4", None)
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "")
PINNED, NOTE, CHANGE = "slack_pin", "text", "incident_update"

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Size:
    """How many there are of what. `longest` entries and `todo` actions belong to the newest incident."""

    incidents: int
    entries: int
    people: int
    actions: int = 0
    longest: int = 0
    todo: int = 0
    open: int = 30
    seed: int = 1


@dataclass(frozen=True)
class Past:
    """What the rows of all tables agree on."""

    size: Size
    chance: Random
    writer: Writer
    now: datetime

    def began(self, number: int) -> datetime:
        """When an incident began: evenly over the years, the newest a few minutes ago."""
        age = (self.size.incidents - number) / self.size.incidents
        return self.now - timedelta(minutes=20) - timedelta(days=365 * YEARS * age)

    def ended(self, number: int) -> datetime | None:
        """When it was closed; the newest are open."""
        if number > self.size.incidents - self.size.open:
            return None
        return self.began(number) + timedelta(minutes=number * 7919 % 600 + 5)

    def somebody(self) -> int:
        """A person's id; some people are around far more often than others."""
        return int(self.chance.random() ** 3 * self.size.people) + 1


def fill(connection: Any, size: Size) -> None:
    """Fill an empty, migrated database through a connection of psycopg's or Django's."""
    chance = Random(size.seed)
    past = Past(size, chance, Writer(chance, size.people), datetime.now(UTC))
    with connection.cursor() as cursor:
        for table, columns, rows in (
            ("person", PERSON, people(past)),
            ("incident", INCIDENT, incidents(past)),
            ("timelineevent", EVENT, entries(past)),
            ("action", ACTION, actions(past)),
            ("commschannel", CHANNEL, channels(past)),
            ("userstats", STATS, participants(past)),
        ):
            copy(cursor, f"response_{table}", columns, rows)
        cursor.execute(PULSES)


@contextmanager
def trusted(connection: Any) -> Iterator[None]:
    """Check no foreign key within the block, which takes most of the time. Only a superuser may ask for that."""
    connection.execute("SET session_replication_role = replica")
    yield
    connection.execute("SET session_replication_role = DEFAULT")


def copy(cursor: Any, table: str, columns: str, rows: Iterable[Row]) -> None:
    """Write rows that bring their ids, or whose ids the table gives, and leave its statistics up to date."""
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
        for row in rows:
            out.write_row(row)
    if columns.startswith("id,"):
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    cursor.execute(f"ANALYZE {table}")


PERSON = """
id, app_id, external_id, display_name, full_name, email, timezone, is_bot, deleted, profile_read_at, team_id, is_outside
""".strip()
INCIDENT = (
    "id, report, reporter_id, report_time, start_time, end_time, summary, impact, lead_id, severity, max_severity"
)
EVENT = "incident_id, timestamp, text, event_type, metadata, author_id, via, on_timeline, created_at"
ACTION = "incident_id, details, user_id, created_by_id, created_date, done, done_date, priority, type"
CHANNEL = "incident_id, channel_id, channel_name, card_ts, is_archived"
STATS = "incident_id, user_id, join_time, message_count"
# What triggers note, unless the connection has none.
PULSES = """
INSERT INTO response_pulse (incident_id, version, is_searchable) SELECT id, id, false FROM response_incident
ON CONFLICT DO NOTHING
"""


def people(past: Past) -> Iterator[Row]:
    for number in range(1, past.size.people + 1):
        full_name, name = past.writer.name(number)
        zone, left = ZONES[number % len(ZONES)], number % 40 == 39
        yield (
            *(number, "slack", f"U{number:07d}", name, full_name, f"{name}@example.com"),
            *(zone, False, left, past.now, "", False),
        )


def incidents(past: Past) -> Iterator[Row]:
    say = past.writer
    for number in range(1, past.size.incidents + 1):
        began = past.began(number)
        severity = past.chance.choice(SEVERITIES)
        lead = past.somebody() if number % 8 else None
        yield (
            *(number, say.report(), past.somebody(), began, began, past.ended(number)),
            *(say.summary() if number % 5 else None, say.impact() if number % 4 else None),
            *(lead, severity, severity),
        )


def entries(past: Past) -> Iterator[Row]:
    """The newest incident has the longest timeline; the others share what is left, a few with far more than most."""
    size = past.size
    yield from story(past, size.incidents, size.longest)
    left, others = size.entries - size.longest, size.incidents - 1
    for number in range(1, others + 1):
        fair = left // (others - number + 1)
        share = fair * 5 if number % 20 == 0 else min(left, int(fair * (0.5 + past.chance.random() * 0.6)))
        count = left if number == others else min(left, share)
        left -= count
        yield from story(past, number, count)


def story(past: Past, number: int, count: int) -> Iterator[Row]:
    """What happened in an incident, in order."""
    began, channel = past.began(number), f"C{number:09d}"
    until = past.ended(number) or past.now
    step = (until - began) / (count + 1)
    for place in range(count):
        at = began + step * place
        kind = CHANGE if place == 0 else (PINNED, PINNED, NOTE, CHANGE)[int(past.chance.random() * 4)]
        text, metadata, shown = told(past, kind, at, channel)
        yield (number, at, text, kind, json.dumps(metadata), past.somebody(), "slack", shown or place == 0, at)


def told(past: Past, kind: str, at: datetime, channel: str) -> tuple[str, dict[str, Any], bool]:
    """An entry's text, its data, and whether it stands on the timeline."""
    if kind == PINNED:
        return past.writer.remark(), {"message_ts": f"{at.timestamp():.6f}", "channel_id": channel}, True
    if kind == NOTE:
        return past.writer.remark(), {}, True
    return f"Impact set to {past.writer.impact()}", {"update_type": "incident_impact"}, False


def actions(past: Past) -> Iterator[Row]:
    """The newest incident has most to do; the others have what is left, the later ones more of it."""
    for number in range(past.size.actions):
        newest = number < past.size.todo
        incident = past.size.incidents if newest else number % past.size.incidents + 1
        done = number % 10 != 0
        at = past.began(incident) + timedelta(minutes=5)
        owner = past.somebody() if number % 3 else None
        yield (
            *(incident, past.writer.task(), owner, past.somebody(), at, done, at + timedelta(days=2) if done else None),
            *(("1", "2", "3", None)[number % 4], None),
        )


def channels(past: Past) -> Iterator[Row]:
    for number in range(1, past.size.incidents + 1):
        if number % 10:
            yield number, f"C{number:09d}", f"inc-{number + 100}", "", past.ended(number) is not None


def participants(past: Past) -> Iterator[Row]:
    for number in range(1, past.size.incidents + 1):
        for person in sorted({past.somebody() for _ in range(3)}):
            yield number, person, past.began(number), int(past.chance.random() * 40)
