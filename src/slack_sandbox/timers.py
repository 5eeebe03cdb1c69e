"""What is to happen later, on the workspace's clock."""

import asyncio
from collections.abc import Callable

from slack_sandbox.clock import Clock


class Timers:
    """Pending work by name; moving the clock makes it due."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def at(self, name: str, when: float, work: Callable[[], None]) -> None:
        """Do some work at a time, instead of what was to happen under this name."""
        self.cancel(name)
        self._tasks[name] = asyncio.create_task(self._wait(name, when, work))

    async def _wait(self, name: str, when: float, work: Callable[[], None]) -> None:
        await self._clock.sleep(when - self._clock.now())
        self._tasks.pop(name, None)
        work()

    def cancel(self, name: str) -> None:
        """Do not do it."""
        if (task := self._tasks.pop(name, None)) is not None:
            task.cancel()

    def forget(self) -> None:
        """Do nothing of it."""
        for name in list(self._tasks):
            self.cancel(name)
