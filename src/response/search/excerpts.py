"""Where the words of a search stand in what was found, with marks around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from response.core.models import Incident
from response.search.index import LANGUAGE
from response.search.query import Query, any_of
from response.slack import html, text

# How many of an incident's entries are looked through for one that says the words, the newest first.
LOOKED_THROUGH = 50
# No more of a text than this is looked through.
LONGEST = 20_000
# What stands around found words until the text is escaped: characters for private use, which no text keeps.
BEGIN, END = "\ue000", "\ue001"
WHOLE = f"StartSel={BEGIN}, StopSel={END}, HighlightAll=true"
PART = f"StartSel={BEGIN}, StopSel={END}, MaxFragments=2, MaxWords=30, MinWords=15"
# A text of so many characters is shown whole.
SHORT = 240

ENTRIES = f"""
SELECT found.incident_id, found.text FROM unnest(%s::bigint[]) AS shown (id), LATERAL (
    SELECT incident_id, text FROM (
        SELECT incident_id, text FROM response_timelineevent
        WHERE incident_id = shown.id AND on_timeline AND event_type <> 'incident_update'
        ORDER BY timestamp DESC, id DESC LIMIT {LOOKED_THROUGH}
    ) AS newest WHERE to_tsvector('{LANGUAGE}', text) @@ {{query}} LIMIT 1
) AS found
"""  # noqa: S608 - both are ours
MARKED = f"""
SELECT ts_headline('{LANGUAGE}', given.text, {{query}}, given.options)
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given (text, options, place) ORDER BY given.place
"""  # noqa: S608 - ours


@dataclass(frozen=True)
class Excerpt:
    """A part of an incident's summary, impact or timeline that says some of the words."""

    place: str
    words: SafeString


@dataclass(frozen=True)
class Shown:
    """A found incident's report, with the words marked, and where else they stand."""

    report: SafeString
    excerpts: list[Excerpt]


def of(incidents: Sequence[Incident], words: str) -> dict[int, Shown]:
    """Return what to show of each incident, in three queries whatever their number."""
    said = entries(incidents, any_of(words))
    names = html.lookup([*(each for i in incidents for each in (i.report, i.summary, i.impact)), *said.values()])
    places = [
        (incident.pk, place, readable(stored, names))
        for incident in incidents
        for place, stored in (
            ("report", incident.report),
            ("Summary", incident.summary),
            ("Impact", incident.impact),
            ("Timeline", said.get(incident.pk)),
        )
        if stored
    ]
    found = [
        (number, place, safe(words))
        for (number, place, _), words in zip(places, marked(places, any_of(words)), strict=True)
        if place == "report" or BEGIN in words
    ]
    reports = {number: words for number, place, words in found if place == "report"}
    return {number: Shown(report, list(beside(number, found))) for number, report in reports.items()}


def beside(number: int, found: Iterable[tuple[int, str, SafeString]]) -> Iterable[Excerpt]:
    return (Excerpt(place, words) for other, place, words in found if other == number and place != "report")


def readable(stored: str, names: text.Names) -> str:
    """Return plain characters without those that are to be our marks."""
    plain = text.one_line(text.plain(stored[:LONGEST], names))
    return plain.replace(BEGIN, "").replace(END, "")


def safe(words: str) -> SafeString:
    """Return HTML in which nothing but our marks is markup."""
    return mark_safe(escape(words).replace(BEGIN, "<mark>").replace(END, "</mark>"))  # noqa: S308 - escaped before


def entries(incidents: Sequence[Incident], query: Query) -> dict[int, str]:
    """Return an entry of each incident that says any of the words, where there is one."""
    return dict(rows(ENTRIES, query, [[incident.pk for incident in incidents]]))


def marked(places: Sequence[tuple[int, str, str]], query: Query) -> list[str]:
    """Return the texts, cut to what matters, with our marks around what was found."""
    options = [WHOLE if place == "report" or len(plain) <= SHORT else PART for _, place, plain in places]
    texts = [plain for _, _, plain in places]
    return [words for (words,) in rows(MARKED, query, [texts, options], query_first=True)]


def rows(sql: str, query: Query, given: list[Any], *, query_first: bool = False) -> list[tuple[Any, ...]]:
    """Run a statement in whose place `{query}` the query is put."""
    asked = Incident.objects.all().query
    compiler = asked.get_compiler(connection=connection)
    query_sql, params = compiler.compile(query.resolve_expression(asked))
    with connection.cursor() as cursor:
        cursor.execute(sql.format(query=query_sql), [*params, *given] if query_first else [*given, *params])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
