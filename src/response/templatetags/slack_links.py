"""Links into Slack for templates."""

from django import template

from response.core.models import TimelineEvent
from response.slack import links

register = template.Library()

register.filter("channel_link", links.channel)


@register.filter
def message_link(event: TimelineEvent) -> str:
    """Return where an entry's message is, or ""."""
    return links.message(event.metadata)


@register.filter
def file_links(event: TimelineEvent) -> list[links.Link]:
    """Return the names and addresses of an entry's files."""
    return links.files(event.metadata)
