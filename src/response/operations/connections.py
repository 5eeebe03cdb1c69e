"""Whether a Socket Mode connection is open: each process that holds one says so every few seconds, in the cache."""

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

OPEN = "socket-mode:open"
EVERY = 5.0  # seconds
SILENT = 20.0
"""After so many seconds without a sign no connection is taken to be open."""


def note_open() -> None:
    """Say that this process holds an open connection. Raises what the database raises when it is away."""
    cache.set(OPEN, timezone.now(), SILENT)


def last_open() -> datetime | None:
    """Return when a process last held an open connection; None when none did lately."""
    found: datetime | None = cache.get(OPEN)
    return found
