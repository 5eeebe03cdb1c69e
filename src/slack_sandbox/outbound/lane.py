"""The events of one app and channel, in the order in which they happened."""

import asyncio
import contextlib
from collections import deque

from slack_sandbox.outbound.ledger import Record


class Lane:
    """A queue whose last one may be waited for."""

    def __init__(self) -> None:
        self._records: deque[Record] = deque()
        self._arrived = asyncio.Event()

    def __bool__(self) -> bool:
        return bool(self._records)

    def put(self, record: Record) -> None:
        """Add one at the end."""
        self._records.append(record)
        self._arrived.set()

    def take(self) -> Record:
        """The next one."""
        return self._records.popleft()

    async def wait(self, seconds: float) -> None:
        """Wait until there is one, for so long at most."""
        if not self._records:
            self._arrived.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), seconds)
