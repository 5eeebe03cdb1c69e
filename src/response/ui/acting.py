"""Who acts on the pages. People who are not signed in only read, unless a demo says whom they act as."""

from django.conf import settings
from django.http import HttpRequest

from response.core import people
from response.core.models import Person


def person(request: HttpRequest) -> Person | None:
    """Return whoever does what this request asks for, or None when nobody may."""
    if request.user.is_authenticated:
        return people.behind(request.user)
    return people.meant_by(settings.PAGES_ACT_AS) if settings.PAGES_ACT_AS else None
