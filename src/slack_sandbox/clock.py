"""The sandbox's time, which can be moved."""

import asyncio
import contextlib
import time


class Clock:
    """Real time plus what it was moved by. Whoever waits on it wakes when it moves."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Seconds since 1970, as the workspace sees them."""
        return time.time() + self.offset

    def move(self, seconds: float) -> None:
        """Let `seconds` pass at once (a negative number goes back)."""
        self.offset += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Return when the clock is `seconds` further, however it got there."""
        until = self.now() + seconds
        while (left := until - self.now()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)
