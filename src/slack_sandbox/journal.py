"""What went in and out, in order, for tests and for the curious."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from slack_sandbox.archive import Archive
from slack_sandbox.shapes import Json
from slack_sandbox.tally import Tally

KINDS = {
    "api": "a call of a method, or of a response URL",
    "delivery": "one attempt to bring something to an app",
    "event": "what became of an event, once nothing more is done about it",
    "connection": "a WebSocket was opened or closed",
    "subscriptions": "an app's subscriptions were disabled or enabled",
}


class Journal:
    """Every request, answer and event, each with a number that only grows.

    The newest are in memory, as many as `kept` says; all are in a file, the one of `path` or a nameless one.
    """

    def __init__(self, path: Path | None = None, *, kept: Callable[[], int]) -> None:
        self._archive = Archive(path)
        self._kept = kept
        self._newest: deque[Json] = deque()
        self.seq = len(self._archive)
        self.tally = Tally()
        self._grown = asyncio.Event()
        self.is_released = False

    def add(self, kind: str, began: float, **fields: object) -> Json:
        """Note something that is over; `began` is `time.time()` of its start."""
        self.seq += 1
        ms = round((time.time() - began) * 1000, 2)
        entry: Json = {"seq": self.seq, "time": began, "kind": kind, "ms": ms, **fields}
        self._archive.append(entry)
        self.tally.count(entry)
        self._newest.append(entry)
        while len(self._newest) > self._kept():
            self._newest.popleft()
        self._grown.set()
        return entry

    def since(self, seq: int, most: int) -> list[Json]:
        """What follows `seq`, oldest first, `most` entries of it."""
        seq = max(seq, 0)
        skipped = seq - (self.seq - len(self._newest))
        if skipped < 0:
            return self._archive.read(seq, seq + most)
        return list(islice(self._newest, skipped, skipped + most))

    async def wait(self, seq: int, seconds: float) -> None:
        """Return as soon as there is something after `seq`, or `seconds` have passed."""
        until = time.monotonic() + seconds
        while self.seq <= seq and (left := until - time.monotonic()) > 0 and not self.is_released:
            self._grown.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._grown.wait(), left)

    def release(self) -> None:
        """Let go of everybody who waits."""
        self.is_released = True
        self._grown.set()

    def close(self) -> None:
        """No more."""
        self._archive.close()
