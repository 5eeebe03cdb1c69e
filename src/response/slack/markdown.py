"""Slack's mrkdwn as Markdown (CommonMark, with GitHub's strikethrough) that is safe wherever it is rendered.

What somebody wrote stays words: no HTML, no link but those that Slack knows, whatever reads the Markdown.
"""

import re
from itertools import pairwise
from urllib.parse import quote

from emoji import emojize

from response.slack.html import BARE_LINK, CODE, FENCE, SHORTCODE, STYLES, Held
from response.slack.text import Names, Piece, piece_plain, pieces, unescape

MARKS = {"strong": "**", "em": "_", "s": "~~"}
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
SPECIAL = re.compile(r"([\\`*_\[\]~|])")
# What would begin a heading, a list, a rule or an underline at the beginning of a line.
BEGINNING = re.compile(r"^(\s*(?:\d+(?=[.)]))?)([#+=.)-])", re.MULTILINE)
BULLET = re.compile(r"^\s*[•◦▪] ?", re.MULTILINE)
TICKS = re.compile("`+")
# Nothing in it means anything, in one dialect or the other. Names and most sentences are like that.
SIMPLE = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;'?%()/-])*")


def render(text: str, names: Names | None = None) -> str:
    """Return stored text as Markdown, with a hard break at the end of each line but the last."""
    if SIMPLE.fullmatch(text):
        return text
    held = Held()
    text = text.replace("\x00", "")
    text = FENCE.sub(lambda match: held.keep(fenced(plain(match[1]))), text)
    text = CODE.sub(lambda match: held.keep(span(plain(match[1]))), text)
    text = "".join(piece_markdown(piece, names or Names(), held) for piece in pieces(text))
    for tag, pattern in STYLES:
        mark = held.keep(MARKS[tag])
        text = pattern.sub(rf"{mark}\1{mark}", text)
    text = SHORTCODE.sub(lambda match: emojize(match[0], language="alias"), text)
    return held.restore(joined([line(words) for words in text.split("\n")]))


def escape(words: str) -> str:
    """Return plain characters as Markdown that shows them as they are."""
    return BEGINNING.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", words.translate(ENTITIES)))


def line(words: str) -> str:
    """Return a line: of a quote when it begins so, of a list when it begins with a bullet."""
    if words.startswith(">"):
        return "> " + escape(words[1:].lstrip())
    bullet = BULLET.match(words)
    return "- " + escape(words[bullet.end() :]) if bullet else escape(words)


def joined(lines: list[str]) -> str:
    """Put a hard break between lines of one kind, and an end between a quote, a list and words."""
    text = lines[0]
    for before, words in pairwise(lines):
        kind = kind_of(words)
        text += ("\n" if kind == "- " else "\\\n") if kind == kind_of(before) and words and before else "\n\n"
        text += words
    return text


def kind_of(words: str) -> str:
    return words[:2] if words[:2] in {"> ", "- "} else ""


def plain(text: str) -> str:
    """Return what stands between backticks: references as they are, no style."""
    return "".join(piece_plain(piece, Names()) for piece in pieces(text))


def fenced(code: str) -> str:
    """Return a block of code, fenced by more backticks than there are in it."""
    fence = "`" * max(3, *(len(run) + 1 for run in TICKS.findall(code)), 0)
    return f"\n\n{fence}\n{code.strip()}\n{fence}\n"


def span(code: str) -> str:
    fence = "`" * (max((len(run) for run in TICKS.findall(code)), default=0) + 1)
    return f"{fence} {code} {fence}" if "`" in code else f"{fence}{code}{fence}"


def piece_markdown(piece: Piece, names: Names, held: Held) -> str:
    """Return a piece as words that are still to be escaped; markup is held."""
    if piece.kind == "words":
        return BARE_LINK.sub(lambda match: held.keep(f"<{address(match[0])}>"), piece.text)
    shown = piece_plain(piece, names)
    if piece.kind == "link":
        return held.keep(f"[{escape(shown)}]({address(piece.text)})")
    return shown


def address(link: str) -> str:
    """Return an address without anything that could end the place where it stands."""
    return quote(unescape(link), safe="/:?#@!$&'*+,;=%-._~")
