"""Severities for templates."""

from django import template

from response.core import severity

register = template.Library()

register.filter("severity_label", severity.label)
register.filter("severity_emoji", severity.emoji)
