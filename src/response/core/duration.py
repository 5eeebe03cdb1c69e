"""Lengths of time as people say them."""

from datetime import timedelta


def spell(duration: timedelta) -> str:
    """Return e.g. "2 days 3 hrs 4 mins", "1 hr 1 min" or "12 secs". Below zero counts as zero."""
    seconds = max(0, int(duration.total_seconds()))
    minutes, secs = divmod(seconds, 60)
    hours, mins = divmod(minutes, 60)
    days, hrs = divmod(hours, 24)
    parts = [plural(days, "day"), plural(hrs, "hr"), plural(mins, "min")]
    spoken = [part for part in parts if part]
    return " ".join(spoken) or plural(secs, "sec") or "0 secs"


def plural(count: int, unit: str) -> str:
    """Return "1 hr", "2 hrs", or "" for none."""
    return f"{count} {unit}{'' if count == 1 else 's'}" if count else ""
