"""People for templates."""

import zlib

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from response.core.models import Person

register = template.Library()

TONES = 8


@register.filter
def avatar(person: Person | None) -> SafeString:
    """Return the initials of somebody in a colour of their own; Response's own sign for nobody."""
    if person is None:
        return format_html('<span class="avatar own" aria-hidden="true">{}</span>', "R")
    tone = zlib.crc32(str(person.pk).encode()) % TONES
    return format_html('<span class="avatar tone-{}" aria-hidden="true">{}</span>', tone, initials(str(person)))


def initials(name: str) -> str:
    """Return the first letters of the first and the last part of a name."""
    parts = [part for part in ("".join(c for c in word if c.isalnum()) for word in name.split()) if part]
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper() or "?"


@register.filter
def linked(person: Person | None, nobody: str = "Nobody yet") -> SafeString | str:
    """Return a link to somebody's page; a word for nobody."""
    if person is None:
        return nobody
    left = format_html(' <span class="quiet">({})</span>', "left") if person.deleted else ""
    return format_html('<a href="{}">{}</a>{}', reverse("person", args=[person.pk]), str(person), left)
