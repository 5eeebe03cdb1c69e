"""What became of each event: tried how often, and whether Slack would call it delivered."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_sandbox.journal import Journal
    from slack_sandbox.outbound.parcel import Parcel
    from slack_sandbox.shapes import Json

DELIVERED = "delivered"
STATES = {
    DELIVERED: "acknowledged in time, with 2xx or over the WebSocket",
    "given_up": "every attempt failed, or the app asked for no retry",
    "lost": "a fault swallowed it",
    "disabled": "the app's subscriptions are disabled",
    "rate_limited": "the app had as many events this hour as it may",
    "uninstalled": "the app is gone, or listens nowhere any more",
    "forgotten": "the sandbox was reset or stopped meanwhile",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver."""

    retry: int
    at: float
    """When it began, in real time."""
    outcome: str
    """ok, or Slack's word for why it failed."""
    status: int | None
    fault: str | None = None


@dataclass(slots=True)
class Record:
    """An event for one app."""

    app_id: str
    parcel: Parcel
    began: float = field(default_factory=time.time)
    attempts: list[Attempt] = field(default_factory=list)
    is_delivered: bool = False

    @property
    def event_id(self) -> str:
        """Slack's id of it, the same in every attempt."""
        return str(self.parcel.payload["event_id"])

    def note(self, attempt: Attempt) -> None:
        """Keep how an attempt went."""
        self.attempts.append(attempt)
        self.is_delivered = self.is_delivered or attempt.outcome == "ok"

    def as_json(self) -> Json:
        """For the journal."""
        event: Json = self.parcel.payload["event"]
        kinds = {"type": event["type"], "subtype": event.get("subtype"), "ts": event.get("ts")}
        where = {"event_id": self.event_id, "app_id": self.app_id, "channel": self.parcel.channel, **kinds}
        tried = [asdict(attempt) for attempt in self.attempts]
        return where | {"delivered": self.is_delivered, "attempts": tried, "event": event}


class Ledger:
    """The events that are still on their way; those that are not are in the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.open: dict[str, Record] = {}

    def begin(self, record: Record) -> None:
        """An event happened."""
        self.open[record.event_id] = record

    def end(self, record: Record, state: str) -> None:
        """Nothing more is done about it."""
        if self.open.pop(record.event_id, None) is not None:
            state = DELIVERED if record.is_delivered else state
            self._journal.add("event", record.began, state=state, **record.as_json())

    def forget(self) -> None:
        """The sandbox is reset."""
        for record in list(self.open.values()):
            self.end(record, "forgotten")
