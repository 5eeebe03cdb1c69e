"""Working hours: a due time outside of them moves to when they begin."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPELLING = re.compile(r"(\w{3})(?:-(\w{3}))?\s+(\d{1,2}:\d{2})-(\d{1,2}:\d{2})(?:\s+(\S+))?", re.IGNORECASE)


@dataclass(frozen=True)
class WorkingHours:
    """Days of the week (0 is Monday), from and until when, in which time zone."""

    days: frozenset[int]
    begins: time
    ends: time
    zone: ZoneInfo

    @classmethod
    def parse(cls, text: str) -> "WorkingHours":
        """Read "Mon-Fri 09:00-17:00 Europe/London"; UTC when no zone is given. Raises ValueError."""
        match = SPELLING.fullmatch(text.strip())
        if not match:
            raise ValueError("write it like: Mon-Fri 09:00-17:00 Europe/London")
        first, last, begins, ends, zone = match.groups()
        try:
            start, stop = DAYS.index(first.lower()), DAYS.index((last or first).lower())
            hours = time.fromisoformat(begins.zfill(5)), time.fromisoformat(ends.zfill(5))
            where = ZoneInfo(zone or "UTC")
        except (ValueError, ZoneInfoNotFoundError) as error:
            raise ValueError(f"{error}; write it like: Mon-Fri 09:00-17:00 Europe/London") from error
        if hours[0] >= hours[1]:
            raise ValueError("the hours end before they begin")
        days = frozenset((start + step) % 7 for step in range((stop - start) % 7 + 1))
        return cls(days, *hours, where)

    def next(self, moment: datetime) -> datetime:
        """Return the moment itself within the hours, else when they next begin."""
        local = moment.astimezone(self.zone)
        for step in range(8):
            day = local.date() + timedelta(days=step)
            begins = datetime.combine(day, self.begins, self.zone)
            ends = datetime.combine(day, self.ends, self.zone)
            if day.weekday() in self.days and local < ends:
                return max(local, begins).astimezone(moment.tzinfo)
        return moment
