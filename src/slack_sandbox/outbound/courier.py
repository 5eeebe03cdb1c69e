"""Carries requests to apps, over HTTP or their WebSockets, and events again when they were not taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import TYPE_CHECKING

from slack_sandbox.outbound.http import HttpLine
from slack_sandbox.outbound.outcome import Outcome
from slack_sandbox.outbound.parcel import Parcel
from slack_sandbox.outbound.signing import signed_headers
from slack_sandbox.shapes import Json
from slack_sandbox.socket_mode.links import CLOSED

if TYPE_CHECKING:
    from slack_sandbox.hub import Hub
    from slack_sandbox.state.app import App

MOST_BODY = 1_000_000


class Courier:
    """One lane of events for each app so that they leave in order."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._http = HttpLine()
        self._lanes: dict[str, asyncio.Queue[Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._first_tries: set[object] = set()

    @property
    def pending(self) -> int:
        """How many events are on their way; those that wait for a retry are not."""
        return len(self._first_tries) + sum(lane.qsize() for lane in self._lanes.values())

    async def send(self, app: App, parcel: Parcel) -> Outcome:
        """Bring a command or an interaction, whose person is waiting, and wait for the answer.

        When the connection it went over closes first, it goes over another.
        """
        until = time.monotonic() + self._hub.settings.ack_seconds
        outcome = await self._attempt(app, parcel)
        while outcome.failure == CLOSED and time.monotonic() < until and self._hub.links.of(app.id):
            outcome = await self._attempt(app, parcel)
        return outcome

    def event(self, app: App, envelope: Json, *, channel: str | None = None) -> None:
        """Send an event soon, after those sent before it, and again until it is taken."""
        if not app.events_url and not app.socket_mode:
            return
        lane = self._lanes.get(app.id)
        if lane is None:
            lane = self._lanes[app.id] = asyncio.Queue()
            self._start(self._run_lane(lane, app.id))
        copies = 2 if self._hub.faults.take("event_doubled", envelope["event"]["type"]) else 1
        for _ in range(copies):
            lane.put_nowait(Parcel("event", envelope, app.events_url, channel))

    async def _run_lane(self, lane: asyncio.Queue[Parcel], app_id: str) -> None:
        while True:
            parcel = await lane.get()
            first_try = object()
            self._first_tries.add(first_try)
            task = self._start(self._deliver(app_id, parcel, first_try))
            await asyncio.wait({task}, timeout=self._hub.settings.patience_seconds)

    async def _deliver(self, app_id: str, parcel: Parcel, first_try: object) -> None:
        try:
            if self._hub.faults.take("event_lost", parcel.name):
                return
            if late := self._hub.faults.take("event_late", parcel.name):
                await asyncio.sleep(late.ms / 1000)
            outcome = await self._try(app_id, parcel)
        finally:
            self._first_tries.discard(first_try)
        for number, wait in enumerate(self._hub.settings.retry_after, 1):
            if outcome is None or outcome.failure is None or outcome.no_retry:
                return
            await self._hub.clock.sleep(wait)
            outcome = await self._try(app_id, parcel, number, outcome.failure)

    async def _try(self, app_id: str, parcel: Parcel, retry: int = 0, reason: str | None = None) -> Outcome | None:
        """One attempt; None when the app is no longer installed, or listens nowhere."""
        app = self._hub.workspace.apps.get(app_id)
        if app is None or not (app.events_url or app.socket_mode):
            return None
        return await self._attempt(app, parcel, retry, reason)

    async def _attempt(self, app: App, parcel: Parcel, retry: int = 0, reason: str | None = None) -> Outcome:
        """Bring it once, and note how it went."""
        began = time.time()
        connection = None
        over_socket = app.socket_mode and parcel.what != "url_verification"
        if over_socket:
            outcome, connection = await self._hub.links.send(app, parcel.over_socket(retry, reason))
        else:
            outcome = await self._post(app, parcel, retry, reason)
        self._hub.journal.add(
            "delivery",
            began,
            what=parcel.what,
            app_id=app.id,
            transport="socket" if over_socket else "http",
            url="" if over_socket else parcel.url,
            connection=connection,
            payload=parcel.payload,
            retry_num=retry,
            retry_reason=reason,
            status=outcome.status,
            outcome=outcome.failure or "ok",
            answer=outcome.body[:MOST_BODY],
        )
        return outcome

    async def _post(self, app: App, parcel: Parcel, retry: int, reason: str | None) -> Outcome:
        body, content_type = parcel.over_http()
        headers = {"Content-Type": content_type, **signed_headers(app.signing_secret, body)}
        if retry:
            headers |= {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason or "unknown_error"}
        return await self._http.post(parcel.url, body, headers, seconds=self._hub.settings.ack_seconds)

    def _start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def forget(self) -> None:
        """Drop what has not been delivered yet."""
        for task in self._tasks:
            task.cancel()
        self._lanes = {}
        self._first_tries.clear()

    async def close(self) -> None:
        """Stop carrying."""
        self.forget()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.close()
