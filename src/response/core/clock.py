"""The one clock: aware UTC, and tests can move it."""

from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    """Return the present moment as aware UTC."""
    return datetime.now(UTC) + _offset


def move(by: timedelta) -> None:
    """Move this process's clock forward, on top of earlier moves. For tests."""
    global _offset  # noqa: PLW0603 - one clock is the point
    _offset += by


def reset() -> None:
    """Go back to the real time. For tests."""
    global _offset  # noqa: PLW0603
    _offset = timedelta()
