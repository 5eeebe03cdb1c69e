"""What went in and out, in order, for tests and for the curious."""

import asyncio
import contextlib
import time
from collections import deque

from slack_sandbox.shapes import Json

KEPT = 4000


class Journal:
    """The last few thousand requests and deliveries, each with a number that only grows."""

    def __init__(self) -> None:
        self.entries: deque[Json] = deque(maxlen=KEPT)
        self.seq = 0
        self._grown = asyncio.Event()
        self._closed = False

    def add(self, kind: str, began: float, **fields: object) -> Json:
        """Note something that is over; `began` is `time.time()` of its start."""
        self.seq += 1
        ms = round((time.time() - began) * 1000, 2)
        entry: Json = {"seq": self.seq, "time": began, "kind": kind, "ms": ms, **fields}
        self.entries.append(entry)
        self._grown.set()
        return entry

    def since(self, seq: int) -> list[Json]:
        """Everything after `seq`, oldest first."""
        new = min(self.seq - seq, len(self.entries))
        return [self.entries[at] for at in range(len(self.entries) - new, len(self.entries))] if new > 0 else []

    async def wait(self, seq: int, seconds: float) -> list[Json]:
        """The same, but wait up to `seconds` while there is nothing."""
        until = time.monotonic() + seconds
        while not (new := self.since(seq)) and (left := until - time.monotonic()) > 0 and not self._closed:
            self._grown.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._grown.wait(), left)
        return new

    def close(self) -> None:
        """Let go of everybody who waits."""
        self._closed = True
        self._grown.set()
