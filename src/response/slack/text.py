"""Slack's mrkdwn: stored as it came, made safe for each place it is shown.

What people say reaches us in two dialects: escaped from messages and commands (`a &lt; b`, `<@U1>`), plain from
forms (`a < b`). Both are stored untouched; every rendering here reads either. Rules:
https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

CONTROL = re.compile(r"<([^<>\n]+)>")
LINK = re.compile(r"(?:https?://|mailto:)[^\s|<>]+", re.IGNORECASE)
ELLIPSIS = "…"


@dataclass(frozen=True)
class Names:
    """What ids are called: people and channels."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A stretch of text: words, or one of Slack's references with its id or address and its label."""

    kind: Literal["words", "person", "channel", "group", "broadcast", "date", "link"]
    text: str
    label: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """Yield the text's pieces in order; words are plain characters, entities resolved."""
    end = 0
    for match in CONTROL.finditer(text):
        found = reference(match[1])
        if found is None:
            continue
        if match.start() > end:
            yield Piece("words", unescape(text[end : match.start()]))
        yield found
        end = match.end()
    if end < len(text):
        yield Piece("words", unescape(text[end:]))


def reference(inside: str) -> Piece | None:
    """Return what stands between `<` and `>` if it is one of Slack's references."""
    target, _, label = inside.partition("|")
    label = unescape(label)
    if re.fullmatch(r"@[UW][A-Z0-9]{1,30}", target):
        return Piece("person", target[1:], label)
    if re.fullmatch(r"#[CG][A-Z0-9]{1,30}", target):
        return Piece("channel", target[1:], label)
    if target in {"!here", "!channel", "!everyone"}:
        return Piece("broadcast", target[1:], label)
    if target.startswith("!subteam^"):
        return Piece("group", target.removeprefix("!subteam^"), label)
    if target.startswith("!date^"):
        return Piece("date", target, label)
    if LINK.fullmatch(target):
        return Piece("link", unescape(target), label)
    return None


def unescape(text: str) -> str:
    """Undo Slack's three entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape(text: str) -> str:
    """Write plain characters so that Slack shows them as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def for_slack(text: str) -> str:
    """Return stored text as mrkdwn that mentions people and links, and never pages a channel or a group."""
    return "".join(piece_for_slack(piece) for piece in pieces(text))


def piece_for_slack(piece: Piece) -> str:
    match piece.kind:
        case "person":
            return f"<@{piece.text}>"
        case "channel":
            return f"<#{piece.text}>"
        case "link":
            label = f"|{escape(piece.label)}" if piece.label else ""
            return f"<{escape(piece.text)}{label}>"
        case _:
            return escape(piece_plain(piece, Names()))


def plain(text: str, names: Names | None = None) -> str:
    """Return stored text as plain characters: for topics, titles and fallbacks."""
    return "".join(piece_plain(piece, names or Names()) for piece in pieces(text))


def piece_plain(piece: Piece, names: Names) -> str:
    match piece.kind:
        case "person":
            return "@" + (names.people.get(piece.text) or piece.label or piece.text)
        case "channel":
            return "#" + (names.channels.get(piece.text) or piece.label or piece.text)
        case "group":
            return piece.label or "@group"
        case "broadcast":
            return "@" + piece.text
        case "date":
            return piece.label
        case "link":
            return piece.label or piece.text.removeprefix("mailto:")
        case _:
            return piece.text


def editable(text: str) -> str:
    """Return stored text as somebody edits it in a form: entities resolved, references as they are."""
    return unescape(text)


def one_line(text: str) -> str:
    """Return the text without line breaks and runs of spaces."""
    return " ".join(text.split())


def cut(text: str, length: int) -> str:
    """Return at most `length` characters, never half of one of Slack's references or entities."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    kept = re.sub(r"<[^<>]*$", "", kept)
    kept = re.sub(r"&[a-z]{0,3}$", "", kept)
    return kept.rstrip() + ELLIPSIS
