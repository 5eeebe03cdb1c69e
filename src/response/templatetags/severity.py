"""Severities for templates."""

from django import template

from response.core import severity

register = template.Library()

register.filter("severity_label", severity.label)
register.filter("severity_emoji", severity.emoji)


@register.filter
def severity_class(stored: str | None) -> str:
    """Return the name of a severity's colours: one that is not known any more looks like none."""
    return stored if stored in severity.EMOJI else "unset"
