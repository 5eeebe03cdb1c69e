"""The reader's time zone: what their place says of the person, else what their browser says, else UTC."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from response.core.models import Person

COOKIE = "zone"  # written by zone.js
UTC = ZoneInfo("UTC")


@lru_cache(maxsize=1000)
def named(name: str) -> ZoneInfo | None:
    """Return the zone of this name, such as Europe/London. None for anything that is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        return None


def of(request: HttpRequest, person: Person | None) -> ZoneInfo | None:
    """Return the zone in which somebody reads, or None while nobody has said."""
    own = named(person.timezone) if person else None
    return own or named(request.COOKIES.get(COOKIE, "")[:60])
