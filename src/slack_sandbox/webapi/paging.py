"""Cursors: base64 of `type:next`, as Slack's are."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from slack_sandbox.errors import SlackError

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


def encode(kind: str, value: str) -> str:
    """A cursor."""
    return base64.b64encode(f"{kind}:{value}".encode()).decode()


def decode(cursor: str, kind: str) -> str:
    """What a cursor points at. Raises `invalid_cursor`."""
    try:
        found, _, value = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError("invalid_cursor") from error
    if found != kind or not value:
        raise SlackError("invalid_cursor")
    return value
