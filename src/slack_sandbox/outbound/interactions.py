"""Commands and interactions: somebody is waiting, so there is one try, and three seconds."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from slack_sandbox.outbound.outcome import Outcome
from slack_sandbox.socket_mode.links import CLOSED

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from slack_sandbox.faults import Fault
    from slack_sandbox.hub import Hub
    from slack_sandbox.outbound.attempts import Attempts
    from slack_sandbox.outbound.parcel import Parcel
    from slack_sandbox.state.app import App

TIMED_OUT = Outcome(None, "", "http_timeout")


class Interactions:
    """Brings them, and what may go wrong with it."""

    def __init__(self, hub: Hub, attempts: Attempts) -> None:
        self._hub = hub
        self._attempts = attempts
        self._under_way: set[asyncio.Task[Outcome]] = set()

    async def send(self, app: App, parcel: Parcel) -> Outcome:
        """Bring it and wait for the answer, as long as the app has time for one."""
        seconds = self._hub.settings.ack_seconds
        if lost := self._attempts.fault("interaction_lost", parcel):
            outcome = await self._attempts.make(app, parcel, fault=lost.kind)
            await asyncio.sleep(seconds)
            return outcome
        late = self._attempts.fault("interaction_late", parcel)
        if doubled := self._attempts.fault("interaction_doubled", parcel):
            self._start(self._bring(app, parcel, doubled))
        first = self._start(self._bring(app, parcel, late))
        await asyncio.wait({first}, timeout=seconds if late else None)
        return first.result() if first.done() else TIMED_OUT

    async def _bring(self, app: App, parcel: Parcel, fault: Fault | None) -> Outcome:
        """Bring it; when the connection it went over closes first, over another."""
        await asyncio.sleep(fault.ms / 1000 if fault else 0)
        kind = fault.kind if fault else None
        until = time.monotonic() + self._hub.settings.ack_seconds
        while True:
            struck = self._attempts.fault_of_attempt(app, parcel) or kind
            outcome = await self._attempts.make(app, parcel, fault=struck)
            if outcome.failure != CLOSED or time.monotonic() >= until or not self._hub.links.of(app.id):
                return outcome

    async def close(self) -> None:
        """Stop bringing."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _start(self, work: Coroutine[object, object, Outcome]) -> asyncio.Task[Outcome]:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task
