"""Plugins for templates."""

from django import template

from response.plugins import discovery

register = template.Library()


@register.simple_tag
def left_out() -> list[discovery.Broken]:
    """Return the plugins that Response started without."""
    return discovery.broken
