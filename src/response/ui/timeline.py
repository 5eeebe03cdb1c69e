"""The part of a timeline that a page shows: its end, unless another is asked for, by day of the reader's."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from response.core.models import Incident, TimelineEvent

AT_ONCE = 100
# Printed in one piece; a timeline that is longer than this is read in parts.
WHOLE = 5000


@dataclass(frozen=True)
class Window:
    """Which part: from an entry on (`at`), up to one (`before`), from the beginning, or the newest; or all of it."""

    everything: bool = False
    whole: bool = False
    first: bool = False
    at: int | None = None
    before: int | None = None

    @classmethod
    def asked(cls, query: QueryDict) -> "Window":
        """Return what an address asks for. What it cannot ask for is left out."""
        return cls(
            everything=query.get("show") == "everything",
            whole=query.get("entries") == "all",
            first=query.get("at") == "first",
            at=number(query.get("at", "")),
            before=number(query.get("before", "")),
        )

    @property
    def size(self) -> int:
        """How many entries it shows at most."""
        return WHOLE if self.whole else AT_ONCE


@dataclass(frozen=True)
class Day:
    """The entries of one day."""

    date: date
    entries: list[TimelineEvent]


@dataclass(frozen=True)
class Part:
    """What a window shows, and where the entries beside it begin."""

    days: list[Day]
    entries: list[TimelineEvent]
    total: int
    earlier: int | None
    later: int | None


def number(given: str) -> int | None:
    """Return an entry's number, or None for anything else."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 18 else None


def part(incident: Incident, window: Window) -> Part:
    """Return what a window shows of an incident's timeline, in at most four queries."""
    rows = incident.events.select_related("author")
    chosen = rows if window.everything else rows.filter(on_timeline=True)
    anchor = rows.filter(pk=window.at or window.before or 0).first()
    if window.first or (anchor and window.at):
        found = list((chosen.filter(since(anchor)) if anchor else chosen)[: window.size + 1])
        entries, more = found[: window.size], found[window.size :]
        before = anchor is not None and chosen.filter(~since(anchor)).exists()
        earlier, later = (anchor.pk if anchor and before else None), (more[0].pk if more else None)
    else:
        rest = chosen.filter(~since(anchor)) if anchor else chosen
        found = list(rest.order_by("-timestamp", "-pk")[: window.size + 1])
        entries = found[: window.size][::-1]
        earlier = entries[0].pk if len(found) > window.size else None
        later = anchor.pk if anchor else None
    return Part(by_day(entries), entries, chosen.count(), earlier, later)


def since(entry: TimelineEvent) -> Q:
    """Return what is met by an entry and all that come after it."""
    return Q(timestamp__gt=entry.timestamp) | Q(timestamp=entry.timestamp, pk__gte=entry.pk)


def by_day(entries: list[TimelineEvent]) -> list[Day]:
    """Return the entries by the day on which they happened where the reader is."""
    days = groupby(entries, lambda entry: timezone.localdate(entry.timestamp))
    return [Day(day, list(some)) for day, some in days]
