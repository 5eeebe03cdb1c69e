"""Cursors: base64 of `type:next`, as Slack's are."""

import base64
from collections.abc import Callable, Sequence
from typing import TypeVar

from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call

Item = TypeVar("Item")


def page(
    items: Sequence[Item], key: Callable[[Item], str], *, cursor: str | None, limit: int, kind: str
) -> tuple[list[Item], str]:
    """The items from the cursor on, and the cursor of what follows (empty at the end)."""
    start = 0
    if cursor:
        wanted = decode(cursor, kind)
        start = next((at for at, item in enumerate(items) if key(item) == wanted), -1)
        if start < 0:
            raise SlackError("invalid_cursor")
    following = items[start + limit : start + limit + 1]
    return list(items[start : start + limit]), encode(kind, key(following[0])) if following else ""


def numbered_page(call: Call, items: list[Item], most: int = 1000) -> tuple[list[Item], Json]:
    """The items of `page`, `count` of them, and what older methods say about it."""
    count, number = call.number("count", 100, most), call.number("page", 1, 10_000)
    paging = {"count": count, "total": len(items), "page": number, "pages": -(-len(items) // count)}
    return items[(number - 1) * count : number * count], paging


def encode(kind: str, value: str) -> str:
    """A cursor."""
    return base64.b64encode(f"{kind}:{value}".encode()).decode()


def decode(cursor: str, kind: str) -> str:
    """What a cursor points at. Raises `invalid_cursor`."""
    try:
        found, _, value = base64.b64decode(cursor, validate=True).decode().partition(":")
    except ValueError as error:
        raise SlackError("invalid_cursor") from error
    if found != kind or not value:
        raise SlackError("invalid_cursor")
    return value
