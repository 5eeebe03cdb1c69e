"""Entries of a timeline, and what was found, for templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from response.core.models import TimelineEvent

register = template.Library()

SIGNS = {TimelineEvent.Kind.PIN: "📌", TimelineEvent.Kind.TEXT: "📝", TimelineEvent.Kind.UPDATE: "🔧"}


@register.filter
def kind_sign(event: TimelineEvent) -> SafeString:
    """Return the sign of an entry's kind, and the kind in words for those who do not see it."""
    sign = SIGNS.get(event.event_type, "•")  # type: ignore[call-overload]
    words = event.get_event_type_display()
    return format_html('<span aria-hidden="true">{}</span> <span class="kind-words">{}</span>', sign, words)


@register.filter
def at(found: Mapping[int, Any] | None, number: int) -> Any:
    """Return what was found of an incident."""
    return found.get(number) if found else None
