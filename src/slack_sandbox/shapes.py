"""The loose shapes that tables and payloads are written in."""

from typing import Any

Json = dict[str, Any]
"""JSON as Slack writes it."""


def words(text: str) -> frozenset[str]:
    """The words of a table that is written with spaces between."""
    return frozenset(text.split())
