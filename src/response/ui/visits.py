"""Who asks for a page or acts on it: every view of a page is one of these two, and gets the visit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from response.core import changes
from response.core.errors import UserError
from response.core.models import Person
from response.ui import acting, answers, zones

View = TypeVar("View", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class Visit:
    """Somebody who looks at a page: who acts there, if they may, and in which time zone they read."""

    person: Person | None
    zone: ZoneInfo
    zone_is_known: bool = True

    @property
    def may_act(self) -> bool:
        """Whether they may change what they see."""
        return self.person is not None

    @property
    def actor(self) -> Person:
        """Whoever does what is asked for, in a view that only those get to who may."""
        if self.person is None:
            raise PermissionError("Nobody acts here.")
        return self.person


def visit_of(request: HttpRequest) -> Visit:
    """Return who asks."""
    person = acting.person(request)
    zone = zones.of(request, person)
    return Visit(person, zone or zones.UTC, zone is not None)


def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view with the visit, and have it read and write times in the reader's zone."""

    @wraps(view)
    def visited(request: HttpRequest, **names: Any) -> HttpResponse:
        visit = visit_of(request)
        with timezone.override(visit.zone):
            return view(request, visit, **names)

    return visited


def act(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for what changes something: it is done by the visitor, through the web, or not at all.

    Whoever has not signed in does so first, and comes back. What cannot be done is said where the person was.
    """

    @wraps(view)
    @page
    def checked(request: HttpRequest, visit: Visit, **names: Any) -> HttpResponse:
        if visit.person is None:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else answers.before(request))
        with changes.acting(visit.person, via="web"):
            try:
                return view(request, visit, **names)
            except UserError as error:
                return answers.refused(request, str(error))

    return checked


def show(
    request: HttpRequest, visit: Visit, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page."""
    return render(request, template, {"visit": visit, "acting": visit.person, **context}, status=status)
