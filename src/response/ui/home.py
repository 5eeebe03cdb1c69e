"""The first page: what is broken now, and what was."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse

from response.ui import fragments, incidents, live
from response.ui.fragments import Subject
from response.ui.visits import Visit, fetched, page, show

MOST_OPEN = 100
RECENT = 20
TEMPLATE = "response/home/fragment.html"


@page
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open incidents, the worst first, and those that were closed, the newest first."""
    subject, fragment = current(visit)
    context = {
        "content": fragments.in_page(request, fragment),
        "live": live.address(subject.name),
        "version": subject.version,
        "part": "live/",
    }
    return show(request, visit, "response/home/page.html", context)


@fetched
def home_now(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What of the first page may have changed, for one that is open."""
    return fragments.alone(request, *current(visit))


def current(visit: Visit) -> tuple[Subject, str]:
    """Return the first page as it is now."""
    subject = Subject.everything()
    look = (visit.zone.key, visit.visitor.role)
    return subject, fragments.rendered(subject, look, TEMPLATE, lambda: content(visit))


def content(visit: Visit) -> dict[str, Any]:
    """Return what the first page shows."""
    lines = incidents.lines(incidents.visible(visit))
    worst_first = lines.filter(end_time=None).order_by(F("severity").asc(nulls_last=True), "-report_time", "-pk")
    found = list(worst_first[: MOST_OPEN + 1])
    recent = lines.exclude(end_time=None).order_by("-report_time", "-pk")[:RECENT]
    return {"visit": visit, "open": found[:MOST_OPEN], "has_more": len(found) > MOST_OPEN, "recent": list(recent)}
