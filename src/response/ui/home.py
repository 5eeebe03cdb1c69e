"""The first page: what is broken now, and what was."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from response.core import access
from response.core.models import Action, Incident, TimelineEvent
from response.plugins.pages import for_readers
from response.ui import acting

MOST_OPEN = 100
PER_PAGE = 25
LAST_PAGE = 10_000
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Page:
    """Some incidents of a list, and which pages are beside them."""

    incidents: list[Incident]
    number: int
    has_more: bool

    @property
    def earlier(self) -> int | None:
        """The page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        """The page after, if there is one."""
        return self.number + 1 if self.has_more else None


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    """Open incidents, the worst first, and the closed ones, the newest first; or those that were asked for."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    status = request.GET.get("status", "")
    number = page_number(request.GET.get("page", ""))
    context: dict[str, Any] = {"words": words, "status": status, "acting": acting.person(request)}
    if words or status == "open":
        context["found"] = page(worst_first(rows(request).filter(asked_for(words, status))), number)
        return render(request, "response/search.html", context)
    if number == 1:
        context["open"] = page(worst_first(rows(request).open()), 1, size=MOST_OPEN)
    context["recent"] = page(rows(request).exclude(end_time=None), number)
    return render(request, "response/home.html", context)


def rows(request: HttpRequest) -> Any:
    """Return what may be seen, with what a line shows: an incident's people, its last entry, and what is left to do."""
    last = TimelineEvent.objects.filter(incident=OuterRef("pk")).order_by("-timestamp", "-id")
    todo = Action.objects.filter(incident=OuterRef("pk"), done=False).order_by().values("incident")
    return (
        access.visible_incidents(acting.visitor(request))
        .select_related("lead", "reporter")
        .annotate(
            updated_at=Subquery(last.values("timestamp")[:1]),
            todo=Subquery(todo.annotate(count=Count("pk")).values("count")),
        )
    )


def worst_first(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Return open ones before closed ones, then by severity; those without one come last."""
    return incidents.order_by(
        F("end_time").desc(nulls_first=True), F("severity").asc(nulls_last=True), "-report_time", "-pk"
    )


def asked_for(words: str, status: str) -> Q:
    """Return what incidents have to meet: the words in what is written of them, or their number."""
    found = Q(end_time=None) if status == "open" else Q()
    if not words:
        return found
    texts = Q(report__icontains=words) | Q(summary__icontains=words) | Q(impact__icontains=words)
    digits = words.removeprefix("#")
    return found & (texts | Q(pk=int(digits)) if digits.isascii() and digits.isdecimal() else texts)


def page(incidents: QuerySet[Incident], number: int, *, size: int = PER_PAGE) -> Page:
    """Return a page of the list. It reads one row more, to know whether there is another."""
    begin = (number - 1) * size
    found = list(incidents[begin : begin + size + 1])
    return Page(found[:size], number, has_more=len(found) > size)


def page_number(given: str) -> int:
    """Return the number of the page that an address asks for; the first when it asks for none."""
    return min(max(1, int(given)), LAST_PAGE) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
