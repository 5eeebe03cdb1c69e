"""Who looks at a page, and who acts on it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from response.core import access, people
from response.core.access import Visitor
from response.core.models import Person


def visitor(request: HttpRequest) -> Visitor:
    """Return who asks for a page, and what they are here. They are looked up once a request."""
    known: Visitor = getattr(request, "visitor", None) or look_up(request)
    return known


def look_up(request: HttpRequest) -> Visitor:
    """Find the person behind the account that is signed in, and what they are here."""
    user: User | AnonymousUser = getattr(request, "user", AnonymousUser())
    if isinstance(user, AnonymousUser):
        return access.page_visitor(None)
    return access.page_visitor(people.behind(user), is_operator=user.is_staff)


def person(request: HttpRequest) -> Person | None:
    """Return whoever does what this request asks for, or None when they may not change anything."""
    found = visitor(request)
    return found.person if access.may_act(found) else None


def context(request: HttpRequest) -> dict[str, Any]:
    """Tell every page who looks at it (`visitor`) and what they may (`may.read`, `may.act`, `may.operate`)."""
    return {
        "visitor": SimpleLazyObject(lambda: visitor(request)),
        "may": SimpleLazyObject(lambda: rights(visitor(request))),
    }


def rights(somebody: Visitor) -> dict[str, bool]:
    return {
        "read": access.may_read(somebody),
        "act": access.may_act(somebody),
        "operate": access.may_operate(somebody),
    }
