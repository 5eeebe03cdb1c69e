"""Keeping what can be searched up with the record: `catch_up` reads what has changed since it last looked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from django.db import OperationalError, connection, transaction
from psycopg.errors import ProgramLimitExceeded

from response.core.models import Incident, Pulse, TimelineEvent
from response.slack import html, text

LANGUAGE = "english"
AT_ONCE = 200
# PostgreSQL keeps at most a megabyte of words in one document. Few incidents come near it; those lose their ends.
LONGEST, SHORT = 1_000_000, 50_000

WRITE = f"""
INSERT INTO response_searchdocument (incident_id, words)
SELECT id, setweight(to_tsvector('{LANGUAGE}', report), 'A') || setweight(to_tsvector('{LANGUAGE}', facts), 'B')
    || setweight(to_tsvector('{LANGUAGE}', timeline), 'C')
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS given (id, report, facts, timeline)
ON CONFLICT (incident_id) DO UPDATE SET words = EXCLUDED.words
"""  # noqa: S608 - the language is ours

# One that changed meanwhile has another version by now, and its next turn.
MARK = """
UPDATE response_pulse AS pulse SET is_searchable = true FROM unnest(%s::bigint[], %s::bigint[]) AS seen (id, version)
WHERE pulse.incident_id = seen.id AND pulse.version = seen.version
"""


@dataclass(frozen=True)
class Words:
    """What an incident says, in plain characters."""

    incident: int
    report: str
    facts: str
    timeline: str

    def cut(self, length: int) -> "Words":
        """Return the same with at most so many characters of each."""
        return Words(self.incident, self.report[:length], self.facts[:length], self.timeline[:length])


def catch_up() -> int:
    """Make everything searchable that has changed. Returns how many incidents that were."""
    done = 0
    while waiting := list(Pulse.objects.filter(is_searchable=False).order_by("version")[:AT_ONCE]):
        write([words.cut(LONGEST) for words in read([pulse.incident_id for pulse in waiting])])
        with connection.cursor() as cursor:
            cursor.execute(MARK, [[each.pk for each in waiting], [each.version for each in waiting]])
        done += len(waiting)
    return done


def read(numbers: Sequence[int]) -> list[Words]:
    """Return what these incidents say now. Of the timeline, what people said: the rest is said elsewhere."""
    incidents = list(Incident.objects.filter(pk__in=numbers).only("report", "summary", "impact"))
    said = TimelineEvent.objects.filter(incident__in=numbers, on_timeline=True).exclude(event_type="incident_update")
    entries: dict[int, list[str]] = defaultdict(list)
    for number, words in said.order_by("-timestamp").values_list("incident_id", "text"):
        entries[number].append(words)
    names = html.lookup([*(each for incident in incidents for each in texts(incident)), *flat(entries.values())])
    return [
        Words(
            incident.pk,
            text.plain(incident.report, names),
            "\n".join(text.plain(each, names) for each in (incident.summary, incident.impact) if each),
            "\n".join(text.plain(each, names) for each in entries[incident.pk]),
        )
        for incident in incidents
    ]


def texts(incident: Incident) -> tuple[str | None, ...]:
    return incident.report, incident.summary, incident.impact


def flat(lists: Iterable[list[str]]) -> list[str]:
    return [each for some in lists for each in some]


def write(documents: Sequence[Words]) -> None:
    """Store the documents. One that is too large for PostgreSQL is cut."""
    if not documents:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WRITE, [list(column) for column in zip(*map(astuple, documents), strict=True)])
    except OperationalError as error:
        if not isinstance(error.__cause__, ProgramLimitExceeded):
            raise
        for each in documents:
            write([each] if len(documents) > 1 else [each.cut(SHORT)])
