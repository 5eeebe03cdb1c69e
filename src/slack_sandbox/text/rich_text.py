"""The rich text block Slack makes of a plain message."""

import re
import zlib
from functools import lru_cache

from slack_sandbox.ids import LETTERS
from slack_sandbox.shapes import Json
from slack_sandbox.text.emoji import is_known
from slack_sandbox.text.mrkdwn import unescape

FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
INLINE = re.compile(
    r"<(?P<angle>[^<>]+)>"
    r"|(?<![\w`])`(?P<code>[^`\n]+)`(?![\w`])"
    r"|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?![\w*])"
    r"|(?<![\w_@])_(?P<italic>[^_\n]+)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^~\n]+)~(?![\w~])"
    r"|:(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
)
STYLES = ("bold", "italic", "strike")


def rich_text(text: str, *, key: str, custom: frozenset[str] = frozenset()) -> list[Json]:
    """The `blocks` of a message that was sent as text only. `key` (its ts) makes the block id."""
    return [{"type": "rich_text", "block_id": short_id(key), "elements": list(_elements(text, custom))}]


def short_id(key: str) -> str:
    """A block id of Slack's form that is the same every time for the same key."""
    number, letters = zlib.crc32(key.encode()), ""
    for _ in range(5):
        number, digit = divmod(number, len(LETTERS))
        letters += LETTERS[digit]
    return letters


@lru_cache(maxsize=512)
def _elements(text: str, custom: frozenset[str]) -> tuple[Json, ...]:
    elements: list[Json] = []
    at = 0
    for fence in FENCE.finditer(text):
        elements += _lines(text[at : fence.start()], custom)
        inside = [_styled(part, {}) for part in _inline(fence[1], custom, links_only=True)]
        elements.append({"type": "rich_text_preformatted", "elements": inside, "border": 0})
        at = fence.end()
    elements += _lines(text[at:], custom)
    return tuple(elements)


def _lines(text: str, custom: frozenset[str]) -> list[Json]:
    """Runs of quoted and unquoted lines."""
    runs: list[tuple[bool, list[str]]] = []
    for line in text.split("\n") if text else []:
        quoted = line.startswith("&gt;")
        content = line.removeprefix("&gt;").removeprefix(" ") if quoted else line
        if runs and runs[-1][0] == quoted:
            runs[-1][1].append(content)
        else:
            runs.append((quoted, [content]))
    made = []
    for quoted, lines in runs:
        kind = "rich_text_quote" if quoted else "rich_text_section"
        if inside := _inline("\n".join(lines), custom):
            made.append({"type": kind, "elements": inside})
    return made


def _inline(text: str, custom: frozenset[str], *, links_only: bool = False) -> list[Json]:
    elements: list[Json] = []
    plain, at = "", 0
    for found in INLINE.finditer(text):
        parts = _inside(found, custom) if not links_only or found.lastgroup == "angle" else None
        if parts is None:
            continue
        plain += text[at : found.start()]
        if plain:
            elements.append({"type": "text", "text": unescape(plain)})
        elements, plain, at = elements + parts, "", found.end()
    plain += text[at:]
    if plain:
        elements.append({"type": "text", "text": unescape(plain)})
    return elements


def _inside(found: re.Match[str], custom: frozenset[str]) -> list[Json] | None:
    """The elements of one piece of markup; None when it is only text that looks like it."""
    kind = found.lastgroup or ""
    content = found[kind]
    if kind == "angle":
        return [_reference(content)]
    if kind == "emoji":
        return [_emoji(content)] if is_known(content, custom) else None
    if kind == "code":
        return [_styled({"type": "text", "text": unescape(content)}, {"code": True})]
    return [_styled(element, {kind: True}) for element in _inline(content, custom)]


def _styled(element: Json, style: Json) -> Json:
    merged = {**element.get("style", {}), **style}
    return {**element, "style": merged} if merged else element


def _emoji(content: str) -> Json:
    name, _, tone = content.partition("::skin-tone-")
    return {"type": "emoji", "name": name, **({"skin_tone": int(tone)} if tone else {})}


def _reference(content: str) -> Json:
    target, _, label = content.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target.removeprefix("!subteam^")}
    if target.startswith("!date^"):
        return _date(target, label)
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": unescape(target), **({"text": unescape(label)} if label else {})}


def _date(target: str, fallback: str) -> Json:
    _, timestamp, pattern, *link = target.split("^")
    element: Json = {"type": "date", "timestamp": int(timestamp), "format": unescape(pattern)}
    if link:
        element["url"] = unescape(link[0])
    return {**element, "fallback": unescape(fallback)} if fallback else element
