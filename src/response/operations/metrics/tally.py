"""What is counted where it happens: in memory first, every few seconds added to what other processes counted.

What a process counted in the last seconds before it was killed is lost: these are figures, and not the record.
"""

import json
import threading
from bisect import bisect_left
from collections import Counter

from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from response.operations.metrics.catalogue import Metric

Key = tuple[str, str]  # a sample's name, and its labels as JSON

EVERY = 5.0  # seconds
AWAY = (OperationalError, InterfaceError, PoolTimeout)
LONGEST = 400

# In one order for everybody, so that no two processes wait for each other.
ADD = """
    INSERT INTO response_tally AS tally (sample, labels, value)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::float8[]) AS new (sample, labels, value) ORDER BY sample, labels
    ON CONFLICT (sample, labels) DO UPDATE SET value = tally.value + excluded.value
"""


class Tally:
    """Numbers that only grow, of this process, until they are added to the database."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Key] = Counter()

    def count(self, metric: Metric, *labels: str, by: float = 1) -> None:
        """Add to a counter. The labels are in the metric's order."""
        self._add({(metric.name, written(*labels)): by})

    def observe(self, metric: Metric, seconds: float, *labels: str) -> None:
        """Add to a histogram. A bucket counts what is in it and in no smaller one; reading adds them up."""
        at = bisect_left(metric.buckets, seconds)
        end = str(metric.buckets[at]) if at < len(metric.buckets) else "+Inf"
        bucket, total = (f"{metric.name}_bucket", written(*labels, end)), (f"{metric.name}_sum", written(*labels))
        self._add({bucket: 1, total: seconds})

    def take(self) -> Counter[Key]:
        """Return what was counted since the last time."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken

    def flush(self) -> None:
        """Add what was counted to the database. What it does not take stays for the next time."""
        taken = self.take()
        if not taken:
            return
        samples, labels = zip(*taken, strict=True)
        try:
            with connection.cursor() as cursor:
                cursor.execute(ADD, [list(samples), list(labels), list(map(float, taken.values()))])
        except AWAY:
            self._add(taken)

    def _add(self, more: dict[Key, float] | Counter[Key]) -> None:
        with self._lock:
            for key, value in more.items():
                self._counts[key] += value  # type: ignore[assignment]  # seconds have fractions


def written(*labels: str) -> str:
    return json.dumps(labels)[:LONGEST]


tally = Tally()


class Flusher(threading.Thread):
    """Flushes the tally every few seconds, for as long as the process runs, and once more when it is stopped."""

    def __init__(self) -> None:
        super().__init__(name="tally", daemon=True)
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Flush, and give the connection back meanwhile."""
        while not self._stop_asked.wait(EVERY):
            self.flush()

    def stop(self) -> None:
        """Flush what is left."""
        self._stop_asked.set()
        self.flush()

    def flush(self) -> None:
        """Flush on a connection that is given back at once."""
        try:
            tally.flush()
        finally:
            connection.close()
