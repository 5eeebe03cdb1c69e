"""Taking turns: one message a second in a channel, and no call of a method that Slack limits.

Slack's limits run by the real time, not by the clock that tests move.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from response.core.errors import TemporaryError
from response.slack.models import Gate

# One statement, so that two workers never get one turn: whoever comes later gets the next.
TURN = """
    INSERT INTO response_gate AS gate (name, opens_at) VALUES (%(name)s, %(now)s + %(every)s::interval)
    ON CONFLICT (name) DO UPDATE SET opens_at = greatest(gate.opens_at, %(now)s) + %(every)s::interval
    RETURNING opens_at - %(every)s::interval AS at
"""
RESERVE = f"""
    WITH turn AS ({TURN})
    UPDATE response_delivery SET slot_at = turn.at FROM turn WHERE id = %(delivery)s RETURNING slot_at
"""  # noqa: S608 - nothing in it comes from outside
SHUT = """
    INSERT INTO response_gate AS gate (name, opens_at) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET opens_at = greatest(gate.opens_at, excluded.opens_at)
"""


PACE = 1.0  # seconds between two calls of a method that was limited: https://docs.slack.dev/apis/web-api/rate-limits
LONGEST_PAUSE = 60.0  # seconds between two tries, however often it failed


def pause(attempts: int) -> float:
    """Return the seconds before the next try: doubling from half a second, with jitter."""
    doubled = 0.5 * float(2 ** min(attempts, 10))
    return min(LONGEST_PAUSE, doubled) * random.uniform(0.75, 1.25)  # noqa: S311


class ComeBack(TemporaryError):
    """Not its turn yet; the job runs again at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"not before {at:%H:%M:%S}", retry_after=(at - timezone.now()).total_seconds())
        self.at = at


def reserve(name: str, every: float, *, for_delivery: int) -> datetime:
    """Return the next free turn at a gate where one may pass each `every` seconds, and note it on the delivery."""
    return turn(RESERVE, name, timezone.now(), every, delivery=for_delivery)


def turn_after(method: str, opens_at: datetime) -> datetime:
    """Return a turn once a limited method may be called again: of those who wait, one a second.

    If all came in the moment when it opens, one would pass and the others be limited anew.
    """
    return turn(TURN, f"after:{method}", opens_at, PACE)


def turn(statement: str, name: str, now: datetime, every: float, **more: int) -> datetime:
    values: dict[str, Any] = {"name": name, "now": now, "every": f"{every} seconds", **more}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: datetime = cursor.fetchone()[0]
    return found


def shut(method: str, seconds: float) -> datetime:
    """Have nobody call a method for so many seconds. Returns when it may be called again."""
    opens_at = timezone.now() + timedelta(seconds=seconds)
    with connection.cursor() as cursor:
        cursor.execute(SHUT, [f"method:{method}", opens_at])
    return opens_at


def opening(methods: Sequence[str]) -> tuple[str, datetime] | None:
    """Return which of these methods is limited for longest, and until when; None when all may be called."""
    names = [f"method:{method}" for method in methods]
    shut_ones = Gate.objects.filter(name__in=names, opens_at__gt=timezone.now()).order_by("-opens_at")
    found = shut_ones.values_list("name", "opens_at").first()
    return (found[0].removeprefix("method:"), found[1]) if found else None
