"""Who asks for a page or acts on it: every view of a page is one of these, and gets the visit.

Who may see and change what is decided by `core/access.py`, and who gets to a page at all by `project/gate.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from response.core import access, changes
from response.core.access import Visitor
from response.core.errors import UserError
from response.core.models import Person
from response.plugins.pages import for_readers
from response.ui import acting, answers, zones

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Visit:
    """Somebody who looks at a page or acts there: who that is, and in which time zone they read."""

    visitor: Visitor
    zone: ZoneInfo
    zone_is_known: bool = True

    @property
    def may_act(self) -> bool:
        """Whether they may change what they see."""
        return access.may_act(self.visitor)

    @property
    def actor(self) -> Person:
        """Whoever does what is asked for. Raises PermissionDenied for those who may not."""
        if self.visitor.person is None or not self.may_act:
            raise PermissionDenied
        return self.visitor.person


def visit_of(request: HttpRequest) -> Visit:
    """Return who asks."""
    visitor = acting.visitor(request)
    zone = zones.of(request, visitor.person)
    return Visit(visitor, zone or zones.UTC, zone is not None)


def visited(view: View) -> View:
    """Call the view with the visit, and have it read and write times in the reader's zone."""

    @wraps(view)
    def called(request: HttpRequest, **names: Any) -> HttpResponse:
        visit = visit_of(request)
        with timezone.override(visit.zone):
            return view(request, visit, **names)

    return called


def page(view: View) -> View:
    """Make a view a page to read."""
    return for_readers(visited(view))


def fetched(view: View) -> View:
    """Make a view what open pages fetch whenever something happens, many at once: see `recent.py`."""
    fetching = page(view)
    fetching.is_fetched_by_open_pages = True  # type: ignore[attr-defined]  # project/gate.py reads it
    return fetching


def act(view: View) -> View:
    """Make a view one that changes something: by the visitor, through the web. What cannot be done is said there."""

    @wraps(view)
    def acted(request: HttpRequest, visit: Visit, **names: Any) -> HttpResponse:
        with changes.acting(visit.actor, via="web"):
            try:
                return view(request, visit, **names)
            except UserError as error:
                return answers.refused(request, str(error))

    return visited(acted)


def show(
    request: HttpRequest, visit: Visit, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page."""
    return render(request, template, {"visit": visit, **context}, status=status)
