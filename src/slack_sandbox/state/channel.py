"""Channels, private channels and direct messages."""

from bisect import bisect_right
from dataclasses import dataclass, field

from slack_sandbox.shapes import Json
from slack_sandbox.state.log import MessageLog
from slack_sandbox.state.message import SYSTEM_SUBTYPES, Message

KINDS = ("public", "private", "im", "mpim")


def blank_note() -> Json:
    """A topic or purpose nobody has set."""
    return {"value": "", "creator": "", "last_set": 0}


@dataclass(slots=True)
class Channel:
    """A conversation and everything in it."""

    id: str
    name: str
    kind: str
    creator: str
    created: int
    updated: int = 0
    """Milliseconds, as Slack has it."""
    is_archived: bool = False
    is_general: bool = False
    topic: Json = field(default_factory=blank_note)
    purpose: Json = field(default_factory=blank_note)
    previous_names: list[str] = field(default_factory=list)
    members: dict[str, float] = field(default_factory=dict)
    """User id -> when they joined."""
    last_read: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, list[str]] = field(default_factory=dict)
    """User id -> ts of the messages that call them."""
    pins: list[Json] = field(default_factory=list)
    """`{ts, created, created_by}`, newest first."""
    bookmarks: list[Json] = field(default_factory=list)
    closed_for: list[str] = field(default_factory=list)
    """Those who have put this direct message out of sight."""
    canvas: str = ""
    """The file id of the channel's canvas."""
    log: MessageLog = field(default_factory=MessageLog)
    ephemerals: list[Message] = field(default_factory=list)

    @property
    def is_direct(self) -> bool:
        """Whether it is between people rather than about something."""
        return self.kind in ("im", "mpim")

    def is_visible_to(self, user_id: str) -> bool:
        """Whether this person may know that it exists."""
        return self.kind == "public" or user_id in self.members

    def is_pinned(self, ts: str) -> bool:
        """Whether the message with this ts is pinned here."""
        return any(pin["ts"] == ts for pin in self.pins)

    def other_than(self, user_id: str) -> str:
        """The other end of a direct message; oneself when one talks to oneself."""
        return next((member for member in self.members if member != user_id), user_id)

    def unread(self, user_id: str) -> tuple[int, int]:
        """How many messages this person has not read, and how many of those call them."""
        if user_id not in self.members:
            return 0, 0
        read = self.last_read.get(user_id, "")
        new = self.log.roots[bisect_right(self.log.roots, read) :]
        count = sum(self.log.by_ts[ts].subtype not in SYSTEM_SUBTYPES for ts in new)
        calls = self.mentions.get(user_id, [])
        return count, count if self.is_direct else len(calls) - bisect_right(calls, read)
