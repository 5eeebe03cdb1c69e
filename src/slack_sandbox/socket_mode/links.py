"""All WebSockets of all apps."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from typing import TYPE_CHECKING

from slack_sandbox.outbound.outcome import Outcome
from slack_sandbox.shapes import Json
from slack_sandbox.socket_mode.link import Link, LinkClosed
from slack_sandbox.socket_mode.tickets import Ticket, Tickets

if TYPE_CHECKING:
    from slack_sandbox.hub import Hub
    from slack_sandbox.state.app import App

MOST = 10
REASONS = ("warning", "refresh_requested", "link_disabled")
WARNING_SECONDS = 10.0
CLOSED = "connection_failed"
"""Why an envelope failed that found no connection, or lost it before it was acknowledged."""


class Links:
    """The connections of each app, the one to be used next first."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._open: dict[str, list[Link]] = {}
        self.tickets = Tickets()

    def of(self, app_id: str) -> list[Link]:
        """The connections an app has at present."""
        return list(self._open.get(app_id, ()))

    def address(self, app: App) -> str:
        """Where the app may open one connection, for a while."""
        expires = self._hub.clock.now() + self._hub.settings.ticket_seconds
        ticket = self.tickets.issue(Ticket(app.id, expires))
        host = self._hub.base_url.replace("http", "ws", 1)
        return f"{host}/link/?ticket={ticket}&app_id={app.id}"

    def refusal(self, app: App) -> str | None:
        """Why this app cannot have another connection."""
        if not app.socket_mode:
            return "link_disabled"
        return "too_many_websockets" if len(self.of(app.id)) >= MOST else None

    # -- sending

    async def send(self, app: App, envelope: Json, *, cut: bool = False) -> tuple[Outcome, str | None]:
        """Send an envelope on one connection. Returns how it ended, and the connection it went over.

        `cut` breaks the connection right after.
        """
        link = self._next(app.id)
        if link is None:
            return Outcome(None, "", CLOSED), None
        envelope = {"envelope_id": str(uuid.uuid4()), **envelope}
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        link.unanswered[envelope["envelope_id"]] = answer
        try:
            async with asyncio.timeout(self._hub.settings.ack_seconds):
                await link.say(envelope)
                if cut:
                    link.break_off()
                payload = await answer
        except TimeoutError:
            return Outcome(None, "", "timeout"), link.id
        except LinkClosed:
            return Outcome(None, "", CLOSED), link.id
        finally:
            del link.unanswered[envelope["envelope_id"]]
        return Outcome(None, _body(payload if envelope["accepts_response_payload"] else None), None), link.id

    def _next(self, app_id: str) -> Link | None:
        """The connection whose turn it is."""
        links = self._open.get(app_id, [])
        usable = next((link for link in links if not link.is_leaving), None)
        if usable is not None:
            links.remove(usable)
            links.append(usable)
        return usable

    def acknowledge(self, app_id: str, message: Json) -> None:
        """Take what an app says. Any of its connections may acknowledge: clients change them meanwhile."""
        for link in self.of(app_id):
            answer = link.unanswered.get(str(message.get("envelope_id")))
            if answer is not None and not answer.done():
                answer.set_result(message.get("payload"))

    # -- coming and going

    def add(self, link: Link) -> None:
        """A connection is open."""
        self._open.setdefault(link.app_id, []).append(link)
        self._note(link, "opened")

    def remove(self, link: Link) -> None:
        """A connection is gone."""
        self._open[link.app_id].remove(link)
        link.fail()
        self._note(link, "closed")

    def _note(self, link: Link, what: str) -> None:
        self._hub.journal.add("connection", time.time(), what=what, app_id=link.app_id, connection=link.id)

    async def live(self, link: Link) -> None:
        """Warn a connection when its time is nearly up, and refresh it when it is."""
        await self._hub.clock.sleep(max(link.seconds - WARNING_SECONDS, 0))
        await link.say_disconnect("warning")
        await self._hub.clock.sleep(min(link.seconds, WARNING_SECONDS))
        await self.disconnect(link, "refresh_requested")

    async def disconnect(self, link: Link, reason: str) -> None:
        """Have a connection end for a reason; a warning alone ends nothing."""
        if reason == "warning":
            await link.say_disconnect(reason)
        else:
            await link.leave(reason, patience=self._hub.settings.ack_seconds)

    async def disable(self, app_id: str) -> None:
        """End all connections of an app that may have none any more."""
        await asyncio.gather(*(self.disconnect(link, "link_disabled") for link in self.of(app_id)))

    def cut(self) -> None:
        """Break every connection."""
        for links in self._open.values():
            for link in links:
                link.break_off()


def _body(payload: object) -> str:
    """What came with an acknowledgement, as the body an HTTP answer would have had."""
    if payload is None:
        return ""
    return payload if isinstance(payload, str) else json.dumps(payload)
