"""Moments for templates: when, and how long ago."""

from datetime import datetime

from django import template
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString

from response.core import clock, duration

register = template.Library()


@register.filter
def moment(at: datetime, shape: str) -> SafeString:
    """Return a moment as people read it, in UTC, with what programs read beside it."""
    return format_html('<time datetime="{}">{} UTC</time>', at.isoformat(), formatted(at, shape))


@register.filter
def ago(at: datetime) -> SafeString:
    """Return how long ago a moment was, in its largest unit: "3 hrs ago"."""
    words = duration.spell(clock.now() - at).split()
    spoken = "just now" if words[1].startswith("sec") else f"{words[0]} {words[1]} ago"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), spoken)
