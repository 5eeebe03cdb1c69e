"""How far this machine's clock is from Slack's."""

from datetime import UTC
from email.utils import parsedate_to_datetime

from response.core import clock

TOLERATED = 60  # seconds


def seconds_ahead(date: str) -> float:
    """Return by how many seconds our clock is ahead of what Slack's `Date` header says; negative when behind."""
    return (clock.now() - parsedate_to_datetime(date).astimezone(UTC)).total_seconds()


def words_for(seconds: float) -> str:
    """Return how far the clock is off: "600 s ahead of"."""
    return f"{abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'}"
