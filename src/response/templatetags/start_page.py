"""What the admin's start page shows beyond Django's."""

from typing import Any

from django import template

from response.plugins import discovery

register = template.Library()


@register.simple_tag
def left_out() -> list[discovery.Broken]:
    """Return the plugins that Response started without."""
    return discovery.broken


@register.filter
def ours_first(app_list: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the apps with Response before the others."""
    return sorted(app_list, key=lambda app: app["app_label"] != "response")
