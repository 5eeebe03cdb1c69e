"""Text as Slack stores it, once somebody has sent it.

Rules: docs.slack.dev/messaging/formatting-message-text. Bare links get brackets, stray control characters are escaped,
channel references get their name, emoji become short names.
"""

import re
from collections.abc import Callable

from slack_sandbox.text.emoji import to_short_names

TOKEN = re.compile(
    r"<(?P<angle>[^<>\n]+)>"
    r"|(?P<url>https?://[^\s<>|`]+)"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<entity>&(?:amp|lt|gt);)"
    r"|(?P<control>[&<>])"
)
REFERENCE = re.compile(
    r"@[UW][A-Z0-9]+(\|.*)?|#[CGD][A-Z0-9]+(\|.*)?|!(here|channel|everyone|group)(\|.*)?|!subteam\^S\w+(\|.*)?"
    r"|!date\^\d+\^.+|(https?|mailto|tel|ftp|slack|[a-z][a-z0-9+.-]*):[^\s].*",
    re.DOTALL,
)
CALLS = re.compile(r"<(?:@(?P<user>[UW][A-Z0-9]+)|!(?P<all>here|channel|everyone)|!subteam\^(?P<group>S\w+))[|>]")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
TRAILING = ".,;:!?'\"*_~"

ChannelName = Callable[[str], str | None]
"""Channel id -> what stands after the bar: a name, empty for a private one, None when there is no such channel."""


def escape(text: str) -> str:
    """The three characters Slack reserves."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text a reader sees."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_stored(text: str, channel_name: ChannelName, *, link: bool = True) -> str:
    """What Slack makes of a text it was sent; `link=False` (parse none, verbatim) leaves bare links alone."""
    if TOKEN.search(text):
        text = TOKEN.sub(lambda found: _stored_token(found, channel_name, link), text)
    return to_short_names(text)


def _stored_token(found: re.Match[str], channel_name: ChannelName, link: bool) -> str:
    kind, whole = found.lastgroup, found[0]
    if kind == "angle":
        return _stored_angle(found["angle"], channel_name, link)
    if kind == "url":
        return _linked(whole) if link else _escape_rest(whole)
    if kind == "mail":
        return f"<mailto:{whole}|{whole}>" if link else whole
    return whole if kind == "entity" else ENTITIES[whole]


def _stored_angle(inner: str, channel_name: ChannelName, link: bool) -> str:
    if not REFERENCE.fullmatch(inner):
        return "&lt;" + as_stored(inner, channel_name, link=link) + "&gt;"
    if inner.startswith("#"):
        reference = inner.partition("|")[0]
        name = channel_name(reference[1:])
        return f"<{reference}>" if name is None else f"<{reference}|{name}>"
    return f"<{_escape_rest(inner)}>"


def _linked(url: str) -> str:
    end = len(url)
    while end and (url[end - 1] in TRAILING or (url[end - 1] == ")" and "(" not in url[:end])):
        end -= 1
    return f"<{_escape_rest(url[:end])}>{url[end:]}"


def _escape_rest(text: str) -> str:
    return re.sub(r"&(?!(?:amp|lt|gt);)", "&amp;", text)


def people_called(text: str) -> set[str]:
    """User ids mentioned; `!all` stands for @here, @channel and @everyone, `S…` for groups."""
    return {
        found["user"] or found["group"] or "!all"
        for found in CALLS.finditer(text)
        if found["user"] or found["group"] or found["all"]
    }
