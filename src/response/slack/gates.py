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
RESERVE = """
    WITH turn AS (
        INSERT INTO response_gate AS gate (name, opens_at) VALUES (%(name)s, %(now)s + %(every)s::interval)
        ON CONFLICT (name) DO UPDATE SET opens_at = greatest(gate.opens_at, %(now)s) + %(every)s::interval
        RETURNING opens_at - %(every)s::interval AS at
    )
    UPDATE response_delivery SET slot_at = turn.at FROM turn WHERE id = %(delivery)s RETURNING slot_at
"""
SHUT = """
    INSERT INTO response_gate AS gate (name, opens_at) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET opens_at = greatest(gate.opens_at, excluded.opens_at)
"""


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
    values: dict[str, Any] = {
        "name": name,
        "now": timezone.now(),
        "every": f"{every} seconds",
        "delivery": for_delivery,
    }
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, values)
        turn: datetime = cursor.fetchone()[0]
    return turn


def shut(name: str, seconds: float) -> None:
    """Keep a gate shut for everybody for so many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(SHUT, [name, timezone.now() + timedelta(seconds=seconds)])


def opening(names: Sequence[str]) -> datetime | None:
    """Return when the last of these gates opens, or None when all are open."""
    shut_ones = Gate.objects.filter(name__in=names, opens_at__gt=timezone.now()).order_by("-opens_at")
    return shut_ones.values_list("opens_at", flat=True).first()
