"""Carries requests to apps over HTTP, and events again when they were not taken."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx

from slack_sandbox.outbound.signing import signed_headers
from slack_sandbox.shapes import Json

if TYPE_CHECKING:
    from slack_sandbox.hub import Hub
    from slack_sandbox.state.app import App

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
FORM = "application/x-www-form-urlencoded"
MOST_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request to an app ended."""

    status: int | None
    body: str
    failure: str | None
    """Slack's word for why it failed (x-slack-retry-reason); None when the app answered 2xx in time."""
    no_retry: bool = False

    @property
    def json(self) -> Json:
        """The body as an object; an empty one when it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


class Courier:
    """One HTTP client, and one lane of events for each app so that they leave in order."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._client: httpx.AsyncClient | None = None
        self._lanes: dict[str, asyncio.Queue[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._first_tries: set[object] = set()

    @property
    def pending(self) -> int:
        """How many events are on their way; those that wait for a retry are not."""
        return len(self._first_tries) + sum(lane.qsize() for lane in self._lanes.values())

    async def send(self, app: App, url: str, form: Json, *, kind: str) -> Outcome:
        """Send a form (slash command, interaction) once; the person is waiting."""
        body = urlencode(form).encode()
        shown = json.loads(form["payload"]) if "payload" in form else form
        return await self._post(app, url, body, FORM, kind=kind, shown=shown)

    async def send_json(self, app: App, url: str, payload: Json, *, kind: str, headers: Json | None = None) -> Outcome:
        """Send a JSON body once."""
        body = json.dumps(payload).encode()
        return await self._post(app, url, body, "application/json", kind=kind, shown=payload, headers=headers)

    def event(self, app: App, envelope: Json) -> None:
        """Send an event soon, after those sent before it, and again until it is taken."""
        if not app.events_url:
            return
        lane = self._lanes.get(app.id)
        if lane is None:
            lane = self._lanes[app.id] = asyncio.Queue()
            self._start(self._run_lane(lane, app.id))
        copies = 2 if self._hub.faults.take("event_doubled", envelope["event"]["type"]) else 1
        for _ in range(copies):
            lane.put_nowait(envelope)

    async def _run_lane(self, lane: asyncio.Queue[Json], app_id: str) -> None:
        while True:
            envelope = await lane.get()
            first_try = object()
            self._first_tries.add(first_try)
            task = self._start(self._deliver(app_id, envelope, first_try))
            await asyncio.wait({task}, timeout=self._hub.settings.patience_seconds)

    async def _deliver(self, app_id: str, envelope: Json, first_try: object) -> None:
        name = envelope["event"]["type"]
        try:
            if self._hub.faults.take("event_lost", name):
                return
            if late := self._hub.faults.take("event_late", name):
                await asyncio.sleep(late.ms / 1000)
            outcome = await self._try(app_id, envelope, {})
        finally:
            self._first_tries.discard(first_try)
        for number, wait in enumerate(self._hub.settings.retry_after, 1):
            if outcome is None or outcome.failure is None or outcome.no_retry:
                return
            await self._hub.clock.sleep(wait)
            headers = {"x-slack-retry-num": str(number), "x-slack-retry-reason": outcome.failure}
            outcome = await self._try(app_id, envelope, headers)

    async def _try(self, app_id: str, envelope: Json, headers: Json) -> Outcome | None:
        """One attempt; None when the app is no longer installed."""
        app = self._hub.workspace.apps.get(app_id)
        if app is None or not app.events_url:
            return None
        return await self.send_json(app, app.events_url, envelope, kind="event", headers=headers)

    async def _post(
        self,
        app: App,
        url: str,
        body: bytes,
        content_type: str,
        *,
        kind: str,
        shown: Json,
        headers: Json | None = None,
    ) -> Outcome:
        began = time.time()
        sent = {"Content-Type": content_type, "User-Agent": AGENT, "Accept": "*/*", **(headers or {})}
        sent |= signed_headers(app.signing_secret, body)
        outcome = await self._attempt(url, body, sent)
        self._hub.journal.add(
            "delivery",
            began,
            what=kind,
            app_id=app.id,
            url=url,
            payload=shown,
            retry_num=int((headers or {}).get("x-slack-retry-num", 0)),
            retry_reason=(headers or {}).get("x-slack-retry-reason"),
            status=outcome.status,
            outcome=outcome.failure or "ok",
            answer=outcome.body[:MOST_BODY],
        )
        return outcome

    async def _attempt(self, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
        try:
            async with asyncio.timeout(self._hub.settings.ack_seconds):
                answer = await self._http().post(url, content=body, headers=headers)
        except (TimeoutError, httpx.TimeoutException):
            return Outcome(None, "", "http_timeout")
        except httpx.TooManyRedirects:
            return Outcome(None, "", "too_many_redirects")
        except (httpx.UnsupportedProtocol, httpx.InvalidURL):
            return Outcome(None, "", "unknown_error")
        except httpx.HTTPError as error:
            return Outcome(None, "", "ssl_error" if "SSL" in str(error).upper() else "connection_failed")
        failure = None if answer.is_success else "http_error"
        no_retry = failure is not None and answer.headers.get("x-slack-no-retry") == "1"
        return Outcome(answer.status_code, answer.text, failure, no_retry)

    def _http(self) -> httpx.AsyncClient:
        # A kept connection that the app's server closes under us would look like a failed delivery.
        if self._client is None:
            self._client = httpx.AsyncClient(
                timeout=httpx.Timeout(None),
                trust_env=False,
                follow_redirects=True,
                max_redirects=2,
                limits=httpx.Limits(max_connections=100, max_keepalive_connections=0),
            )
        return self._client

    def _start(self, work: object) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.ensure_future(work)  # type: ignore[call-overload]
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
        if self._client is not None:
            await self._client.aclose()
