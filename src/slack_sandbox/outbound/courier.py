"""Carries events to apps: in the order of each channel, and again when they were not taken."""

from __future__ import annotations

import asyncio
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING

from slack_sandbox.outbound.allowance import Allowance
from slack_sandbox.outbound.attempts import Attempts
from slack_sandbox.outbound.interactions import Interactions
from slack_sandbox.outbound.lane import Lane
from slack_sandbox.outbound.ledger import Attempt, Ledger, Record
from slack_sandbox.outbound.parcel import Parcel
from slack_sandbox.outbound.subscriptions import Subscriptions

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from slack_sandbox.faults import Fault
    from slack_sandbox.hub import Hub
    from slack_sandbox.outbound.outcome import Outcome
    from slack_sandbox.shapes import Json
    from slack_sandbox.state.app import App

CAUSED: ContextVar[list[str] | None] = ContextVar("CAUSED", default=None)
"""Where the ids of the events that an act causes are collected, if somebody wants to know them."""
OVERTAKEN_MS = 500.0
FAREWELLS = ("app_uninstalled", "tokens_revoked")
HOURLY = (3600.0,) * 24


class Courier:
    """One lane for each app and channel: a slow channel holds back no other, and a slow app no other app."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._attempts = Attempts(hub)
        self._interactions = Interactions(hub, self._attempts)
        self.ledger = Ledger(hub.journal)
        self.subscriptions = Subscriptions(hub)
        self._allowance = Allowance(hub)
        self._lanes: dict[tuple[str, str | None], Lane] = {}
        self._slots: dict[tuple[str, int], asyncio.Semaphore] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._moving: set[str] = set()

    @property
    def pending(self) -> int:
        """How many events are on their way; those that wait for a retry are not."""
        return len(self._moving)

    async def send(self, app: App, parcel: Parcel) -> Outcome:
        """Bring something whose answer is waited for: a command, an interaction, a handshake."""
        return await self._interactions.send(app, parcel)

    def event(self, app: App, envelope: Json, *, channel: str | None = None) -> None:
        """Send an event soon, after those of its channel that were sent before it, and again until it is taken."""
        if not app.listens:
            return
        record = Record(app.id, Parcel("event", envelope, app.events_url, channel))
        if (caused := CAUSED.get()) is not None:
            caused.append(record.event_id)
        self.ledger.begin(record)
        if app.subscriptions_disabled:
            self.ledger.end(record, "disabled")
        elif not self._allowance.takes(app):
            self.ledger.end(record, "rate_limited")
            if (notice := self._allowance.notice(app)) is not None:
                self._start(self._tell(app, notice))
        else:
            self._moving.add(record.event_id)
            self._line_up(record)

    async def _tell(self, app: App, notice: Parcel) -> None:
        await self._attempts.make(app, notice)

    def _line_up(self, record: Record) -> None:
        key = (record.app_id, record.parcel.channel)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = Lane()
            self._start(self._run(key, lane))
        lane.put(record)

    async def _run(self, key: tuple[str, str | None], lane: Lane) -> None:
        while lane:
            record = lane.take()
            if overtaken := self._fault("event_reordered", record):
                await lane.wait((overtaken.ms or OVERTAKEN_MS) / 1000)
                if lane:
                    await self._dispatch(lane.take())
            await self._dispatch(record)
        del self._lanes[key]

    async def _dispatch(self, record: Record) -> None:
        """Send an event off, unless it is lost or late, and hold back the next one for a while."""
        if self._fault("event_lost", record):
            self._end(record, "lost")
        elif late := self._fault("event_late", record):
            self._start(self._dispatch_late(record, late.ms / 1000))
        else:
            await self._set_off(record)

    async def _dispatch_late(self, record: Record, seconds: float) -> None:
        await self._hub.clock.sleep(seconds)
        await self._set_off(record)

    async def _set_off(self, record: Record) -> None:
        slots = self._slots_of(record.app_id)
        await slots.acquire()  # here rather than in the task: what waits for its turn must not be overtaken
        task = self._start(self._carry(record, slots))
        await asyncio.wait({task}, timeout=self._hub.settings.patience_seconds)

    async def _carry(self, record: Record, slots: asyncio.Semaphore) -> None:
        """Try until it is taken, or Slack would try no more."""
        try:
            try:
                outcome = await self._first_try(record)
            finally:
                slots.release()
            for retry, wait in enumerate(self._waits(record.app_id), 1):
                if outcome is None or outcome.failure is None or outcome.no_retry:
                    break
                if retry > record.attempts[-1].retry:
                    outcome = await self._retry(record, retry, outcome.failure, wait)
        finally:
            self._end(record, self._obstacle(record) or "given_up")

    async def _first_try(self, record: Record) -> Outcome | None:
        """The first attempt; a doubled one is followed by what Slack sends when it saw no acknowledgement in time."""
        doubled = self._fault("event_doubled", record)
        if doubled is None:
            return await self._try(record)
        _, outcome = await asyncio.gather(self._try(record), self._double(record, doubled.ms / 1000))
        return outcome

    async def _double(self, record: Record, seconds: float) -> Outcome | None:
        await self._hub.clock.sleep(seconds)
        return await self._try(record, 1, "http_timeout", fault="event_doubled")

    async def _retry(self, record: Record, retry: int, reason: str, wait: float) -> Outcome | None:
        self._moving.discard(record.event_id)
        await self._hub.clock.sleep(wait * self._hub.settings.retry_scale)
        self._moving.add(record.event_id)
        async with self._slots_of(record.app_id):
            return await self._try(record, retry, reason)

    async def _try(
        self, record: Record, retry: int = 0, reason: str | None = None, *, fault: str | None = None
    ) -> Outcome | None:
        """One attempt; None when there is nobody to send it to any more."""
        app, began = self._app(record), time.time()
        if app is None or self._obstacle(record):
            return None
        fault = self._attempts.fault_of_attempt(app, record.parcel) or fault
        outcome = await self._attempts.make(app, record.parcel, retry=retry, reason=reason, fault=fault)
        record.note(Attempt(retry, began, outcome.failure or "ok", outcome.status, fault))
        self.subscriptions.note(app, failed=outcome.failure is not None, is_first=retry == 0)
        return outcome

    def _waits(self, app_id: str) -> tuple[float, ...]:
        app = self._hub.workspace.apps.get(app_id)
        return self._hub.settings.retry_after + (HOURLY if app is not None and app.delayed_events else ())

    def _obstacle(self, record: Record) -> str | None:
        """Why nothing more can be sent to its app."""
        app = self._app(record)
        if app is None or not app.listens:
            return "uninstalled"
        return "disabled" if app.subscriptions_disabled else None

    def _app(self, record: Record) -> App | None:
        """The app it is for; that it was uninstalled is the last thing an app is told."""
        space = self._hub.workspace
        gone = space.gone.get(record.app_id) if record.parcel.name in FAREWELLS else None
        return space.apps.get(record.app_id) or gone

    def _end(self, record: Record, state: str) -> None:
        self._moving.discard(record.event_id)
        self.ledger.end(record, state)

    def _fault(self, kind: str, record: Record) -> Fault | None:
        return self._attempts.fault(kind, record.parcel)

    def _slots_of(self, app_id: str) -> asyncio.Semaphore:
        most = self._hub.settings.concurrency
        return self._slots.setdefault((app_id, most), asyncio.Semaphore(most))

    def _start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def forget(self) -> None:
        """Drop what has not been delivered yet."""
        self.ledger.forget()
        for task in self._tasks:
            task.cancel()
        self._lanes, self._slots = {}, {}
        self._moving.clear()
        self.subscriptions, self._allowance = Subscriptions(self._hub), Allowance(self._hub)

    async def close(self) -> None:
        """Stop carrying."""
        self.forget()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._interactions.close()
