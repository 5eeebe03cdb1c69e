"""The original's tables by what they hold, and its values as ours. What is wrong is collected, not raised."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from response.transfer.original.source import Source
from response.transfer.rows import Unreadable

# In 2019 the tables belonged to two apps, `core` and `slack`; later to one.
TABLES = {
    "incidents": ("response_incident", "core_incident"),
    "people": ("response_externaluser", "core_externaluser"),
    "channels": ("response_commschannel", "slack_commschannel"),
    "headlines": ("response_headlinepost", "slack_headlinepost"),
    "pins": ("response_pinnedmessage", "slack_pinnedmessage"),
    "participants": ("response_userstats", "slack_userstats"),
    "reminders": ("response_notification", "slack_notification"),
    "timeline": ("response_timelineevent", "core_timelineevent"),
    "actions": ("response_action", "core_action"),
    "log": ("response_event", "core_event"),
}
NEEDED = {
    "incidents": {"id", "report", "report_time"},
    "channels": {"id", "incident_id", "channel_id"},
    "pins": {"id", "incident_id", "message_ts", "text", "timestamp"},
    "timeline": {"id", "incident_id", "timestamp", "text", "event_type"},
    "actions": {"id", "incident_id", "details"},
}
SHOWN = 20


@dataclass
class Problems:
    """What is wrong with the database, and what is worth knowing about it."""

    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def raise_any(self) -> None:
        """Raise Unreadable with everything that is wrong."""
        if self.wrong:
            more = [f"and {len(self.wrong) - SHOWN} more"] if len(self.wrong) > SHOWN else []
            raise Unreadable("The original's database is damaged:\n" + "\n".join([*self.wrong[:SHOWN], *more]))


@dataclass(frozen=True)
class Record:
    """A row, which knows where it stands."""

    table: str
    values: dict[str, Any]
    problems: Problems

    @property
    def id(self) -> int:
        """Its number."""
        return int(self.values["id"])

    def wrong(self, reason: str) -> None:
        """Note what is wrong with it."""
        self.problems.wrong.append(f"{self.table} {self.values.get('id')}: {reason}")

    def get(self, *names: str) -> Any:
        """Return the first of these columns that is there and not empty; None when there is none."""
        return next((self.values[name] for name in names if self.values.get(name) not in (None, "")), None)

    def text(self, name: str, longest: int | None = None, *, needed: bool = False) -> str:
        """Return a text; "" when there is none."""
        value = self.get(name)
        if value is None and needed:
            self.wrong(f"{name} is empty")
        text = "" if value is None else str(value)
        if longest is not None and len(text) > longest:
            self.wrong(f"{name} has {len(text)} characters, and {longest} fit")
        return text

    def moment(self, name: str) -> datetime | None:
        """Return a moment; the original kept UTC without saying so."""
        value = self.get(name)
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            found = value
        if found is not None and not isinstance(found, datetime):
            self.wrong(f"{name} is no moment")
            return None
        return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found

    def data(self, name: str) -> dict[str, Any]:
        """Return a JSON object."""
        value = self.get(name)
        try:
            found = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            self.wrong(f"{name} is no JSON")
            found = None
        return found if isinstance(found, dict) else {}

    def whole(self, name: str) -> int:
        """Return a number that counts."""
        value = self.get(name) or 0
        if not isinstance(value, int) or value < 0:
            self.wrong(f"{name} is no count")
            return 0
        return value


@dataclass
class Original:
    """All that the original's database holds, by what it is."""

    found: dict[str, list[Record]]
    problems: Problems

    @classmethod
    def read(cls, source: Source) -> "Original":
        """Read everything. Raises Unreadable for a database that is none of the original's."""
        there = source.columns()
        if "response_person" in there:
            raise Unreadable("This is a database of this Response. Use `response export` and `response import`.")
        names = {
            what: next((name for name in candidates if name in there), None) for what, candidates in TABLES.items()
        }
        if names["incidents"] is None:
            raise Unreadable(
                "There is no table of incidents (response_incident or core_incident): it is another database."
            )
        for what, columns in NEEDED.items():
            name = names[what]
            if name and (missing := columns - there[name]):
                raise Unreadable(f"{name} has no {', '.join(sorted(missing))}: it is no table of the original's.")
        problems = Problems()
        found = {
            what: [Record(name, row, problems) for row in source.rows(name)] if name else []
            for what, name in names.items()
        }
        return cls(found, problems)
