"""Who looks at a page, and who acts on it."""

from django.conf import settings
from django.http import HttpRequest

from response.core import access, people
from response.core.access import Visitor
from response.core.models import Person


def visitor(request: HttpRequest) -> Visitor:
    """Return who asks for a page, and what they are here. Asked again of the same request, nothing is looked up."""
    known: Visitor | None = getattr(request, "visitor", None)
    if known is None:
        known = look_up(request)
        request.visitor = known  # type: ignore[attr-defined]  # ours: templates and plugins read it
    return known


def look_up(request: HttpRequest) -> Visitor:
    user = request.user
    if user.is_authenticated:
        return access.page_visitor(people.behind(user), is_operator=user.is_staff)
    return access.page_visitor(people.meant_by(settings.PAGES_ACT_AS) if settings.PAGES_ACT_AS else None)


def person(request: HttpRequest) -> Person | None:
    """Return whoever does what this request asks for, or None when they may not change anything."""
    found = visitor(request)
    return found.person if access.may_act(found) else None
