"""One attempt to bring something to an app, over HTTP or its WebSockets."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from slack_sandbox.outbound.http import post
from slack_sandbox.outbound.outcome import Outcome
from slack_sandbox.outbound.signing import signed_headers

if TYPE_CHECKING:
    from slack_sandbox.faults import Fault
    from slack_sandbox.hub import Hub
    from slack_sandbox.outbound.parcel import Parcel
    from slack_sandbox.state.app import App

MOST_BODY = 1_000_000
NEVER_ARRIVE = {"attempt_lost": "connection_failed", "interaction_lost": "http_timeout"}
"""The faults of attempts that are only said to have been made, and how they end."""


class Attempts:
    """Makes them, and notes each in the journal."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def make(
        self, app: App, parcel: Parcel, *, retry: int = 0, reason: str | None = None, fault: str | None = None
    ) -> Outcome:
        """Bring it once. `fault` says what goes wrong with it."""
        began, connection = time.time(), None
        over_socket = app.socket_mode and parcel.what != "url_verification"
        if fault in NEVER_ARRIVE:
            outcome = Outcome(None, "", NEVER_ARRIVE[fault])
        elif over_socket:
            cut = fault == "connection_cut"
            outcome, connection = await self._hub.links.send(app, parcel.over_socket(retry, reason), cut=cut)
        else:
            outcome = await self._post(app, parcel, retry, reason)
        self._hub.journal.add(
            "delivery",
            began,
            what=parcel.what,
            app_id=app.id,
            event_id=parcel.payload.get("event_id"),
            channel=parcel.channel,
            transport="socket" if over_socket else "http",
            url="" if over_socket else parcel.url,
            connection=connection,
            payload=parcel.payload,
            retry_num=retry,
            retry_reason=reason,
            status=outcome.status,
            outcome=outcome.failure or "ok",
            answer=outcome.body[:MOST_BODY],
            fault=fault,
        )
        return outcome

    async def _post(self, app: App, parcel: Parcel, retry: int, reason: str | None) -> Outcome:
        body, content_type = parcel.over_http()
        headers = {"Content-Type": content_type, **signed_headers(app.signing_secret, body)}
        if retry:
            headers |= {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason or "unknown_error"}
        return await post(parcel.url, body, headers, seconds=self._hub.settings.ack_seconds)

    def fault(self, kind: str, parcel: Parcel) -> Fault | None:
        """The fault of that kind that strikes a parcel."""
        channel = self._hub.workspace.channels.get(parcel.channel or "")
        return self._hub.faults.take(kind, parcel.name, channel)

    def fault_of_attempt(self, app: App, parcel: Parcel) -> str | None:
        """The kind of the fault that strikes the attempt that is made now."""
        lost = self.fault("attempt_lost", parcel) if parcel.what == "event" else None
        struck = lost or (self.fault("connection_cut", parcel) if app.socket_mode else None)
        return struck.kind if struck else None
