"""Slack's mrkdwn as safe HTML. Everything a person wrote is escaped; only what is built here is markup."""

import re
from collections.abc import Iterable
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from emoji import emojize

from response.core.models import Person
from response.slack.models import SlackChannel
from response.slack.text import Names, Piece, piece_plain, pieces, unescape

FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
SHORTCODE = re.compile(r":[a-z0-9_+'-]+:")
# A marker counts at the edge of a word only, around something that neither begins nor ends with a space.
STYLES = tuple(
    (
        tag,
        re.compile(
            rf"(?<![^\W_])(?<![{mark}@]){mark}(?![\s{mark}])([^{mark}\n]*[^\s{mark}]){mark}(?![^\W_])(?!{mark})"
        ),
    )
    for tag, mark in (("strong", r"\*"), ("em", "_"), ("s", "~"))
)
BARE_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")
# Stands for something finished while the styles around it are found. PostgreSQL stores no NUL, so no text has one.
HELD = re.compile("\x00(\\d+)\x00")


def lookup(texts: Iterable[str | None]) -> Names:
    """Return the names of everybody and every channel that the texts mention, in two queries."""
    found = [piece for text in texts if text and "<" in text for piece in pieces(text)]
    people = {piece.text for piece in found if piece.kind == "person"}
    channels = {piece.text for piece in found if piece.kind == "channel"}
    rows = Person.objects.filter(app_id="slack", external_id__in=people) if people else ()
    named = SlackChannel.objects.filter(channel_id__in=channels) if channels else ()
    return Names(
        {person.external_id: person.display_name or person.full_name for person in rows},
        {channel.channel_id: channel.name for channel in named},
    )


class Held:
    """Finished markup, kept out of the way until the rest is done."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.parts: list[str] = []

    def keep(self, markup: str) -> str:
        """Keep the markup and return what stands for it."""
        self.parts.append(markup)
        return f"\x00{len(self.parts) - 1}\x00"

    def restore(self, text: str) -> str:
        """Put everything back; what is kept may itself stand for something."""
        while HELD.search(text):
            text = HELD.sub(lambda match: self.parts[int(match[1])], text)
        return text


def render(text: str, names: Names | None = None) -> SafeString:
    """Return stored text as HTML: paragraphs of lines, quotes, code, styles, links and mentions."""
    held = Held()
    text = text.replace("\x00", "")
    text = FENCE.sub(lambda match: held.keep(f"<pre><code>{code(match[1])}</code></pre>"), text)
    text = CODE.sub(lambda match: held.keep(f"<code>{code(match[1])}</code>"), text)
    text = "".join(piece_html(piece, names or Names(), held) for piece in pieces(text))
    text = escape(text)
    for tag, pattern in STYLES:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    text = SHORTCODE.sub(lambda match: emojize(match[0], language="alias"), text)
    return mark_safe(held.restore(lines(text)))  # noqa: S308 - every character of the text went through escape()


def code(text: str) -> str:
    """Return what stands between backticks: no style, no emoji, references as they are."""
    return escape("".join(piece_plain(piece, Names()) for piece in pieces(text)))


def piece_html(piece: Piece, names: Names, held: Held) -> str:
    """Return a piece as text that is still to be escaped; markup is held."""
    if piece.kind == "words":
        return BARE_LINK.sub(lambda match: held.keep(link(match[0], match[0])), piece.text)
    shown = piece_plain(piece, names)
    if piece.kind == "link":
        return held.keep(link(piece.text, shown))
    if piece.kind == "date":
        return shown
    return held.keep(f'<span class="mention">{escape(shown)}</span>')


def link(address: str, label: str) -> str:
    return f'<a href="{escape(unescape(address))}" rel="noopener noreferrer nofollow">{escape(label)}</a>'


def lines(text: str) -> str:
    """Return the lines with breaks between them; lines that begin with `>` are one quote."""
    out: list[str] = []
    quoted: list[str] = []
    for line in text.split("\n"):
        if line.startswith("&gt;"):
            quoted.append(line.removeprefix("&gt;").removeprefix(" "))
            continue
        flush(quoted, out)
        out.append(line)
    flush(quoted, out)
    return joined(out)


def flush(quoted: list[str], out: list[str]) -> None:
    if quoted:
        out.append(f"<blockquote>{'<br>'.join(quoted)}</blockquote>")
        quoted.clear()


def joined(out: list[str]) -> str:
    """Put a break between lines, and none beside a block that makes its own."""
    text = out[0] if out else ""
    for before, line in pairwise(out):
        text += line if "<blockquote>" in (before[:12], line[:12]) else f"<br>{line}"
    return text
