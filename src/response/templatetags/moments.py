"""Moments for templates, in the reader's time zone: when, when in UTC, and how long ago."""

from datetime import UTC, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString

from response.core import clock, duration

register = template.Library()


@register.filter
def moment(at: datetime, shape: str) -> SafeString:
    """Return a moment as people read it, with what programs read beside it."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), formatted(timezone.localtime(at), shape))


@register.filter
def in_utc(at: datetime, shape: str) -> SafeString | str:
    """Return a moment as it is in UTC; nothing for readers who see that already."""
    if timezone.localtime(at).utcoffset() == timedelta():
        return ""
    return format_html('<span class="utc">{} UTC</span>', formatted(at.astimezone(UTC), shape))


@register.simple_tag
def zone_name() -> str:
    """Return the name of the reader's time zone."""
    return timezone.get_current_timezone_name().replace("_", " ")


@register.filter
def ago(at: datetime) -> SafeString:
    """Return how long ago a moment was, in its largest unit: "3 hrs ago"."""
    words = duration.spell(clock.now() - at).split()
    spoken = "just now" if words[1].startswith("sec") else f"{words[0]} {words[1]} ago"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), spoken)
