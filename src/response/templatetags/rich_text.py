"""Stored text for templates: `{% names_in incident timeline as names %}`, then `{{ text|rich_text:names }}`."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from response.core.models import Action, Incident, TimelineEvent
from response.slack import html, text
from response.slack import markdown as slack_markdown

register = template.Library()


@register.simple_tag
def names_in(*sources: Incident | Iterable[Any]) -> text.Names:
    """Return the names that the texts of incidents and timeline entries mention, looked up together."""
    return html.lookup(each for source in sources for each in texts_of(source))


def texts_of(source: Incident | Iterable[Any]) -> list[str | None]:
    """Return what there is to read in an incident, or in a list of incidents, actions or entries."""
    if isinstance(source, Incident):
        return [source.report, source.summary, source.impact]
    return [words for each in source for words in (texts_of(each) if isinstance(each, Incident) else [said_by(each)])]


def said_by(each: Any) -> str:
    """Return what an action or an entry says."""
    words: str = each.details if isinstance(each, Action) else each.text
    return words


def editable(stored: str) -> str:
    """Return stored text as somebody edits it."""
    return text.editable(stored)


@register.filter
def rich_text(stored: str | None, names: text.Names | None = None) -> SafeString:
    """Return stored text as safe HTML."""
    return html.render(stored or "", names)


@register.filter
def plain_text(stored: str | None, names: text.Names | None = None) -> str:
    """Return stored text as plain characters in one line; the template escapes them."""
    return text.one_line(text.plain(stored or "", names))


@register.filter
def markdown(stored: Any, names: text.Names | None = None) -> SafeString:
    """Return stored text, or anything else's words, as safe Markdown. Without it, they are escaped as in HTML."""
    said = slack_markdown.render(str(stored), names) if stored else ""
    return mark_safe(said)  # noqa: S308 - it holds no HTML


@register.filter
def hanging(words: str, width: int) -> SafeString:
    """Return Markdown as it stands in an item of a list: its lines indented; a quote or a list below, not beside."""
    return mark_safe(hung(words, width))  # noqa: S308 - as safe as it came


def hung(words: str, width: int) -> str:
    is_block = words.startswith(("> ", "- ", "\n"))
    lines = words.lstrip("\n").replace("\n", "\n" + " " * width)
    return f"\n\n{' ' * width}{lines}" if is_block else lines


@register.filter
def told(entry: TimelineEvent, names: text.Names) -> SafeString:
    """Return an entry as it stands in an item of a Markdown list: the time in UTC, who, and what.

    The filters above say the same with a tag for each; a timeline of thousands of entries takes them twice as long.
    """
    at = entry.timestamp.astimezone(UTC).strftime("%H:%M:%S")
    author = slack_markdown.render(str(entry.author or "Response"))
    said = hung(slack_markdown.render(entry.text, names), 2)
    return mark_safe(f"{at} **{author}**: {said}")  # noqa: S308 - all of it is
