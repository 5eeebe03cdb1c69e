"""Who is acting, and what they changed: old against new, as entries of the activity log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from response.core import severity

if TYPE_CHECKING:
    from response.core.models import Incident, Person


@dataclass(frozen=True)
class Actor:
    """On whose behalf something happens (None: Response itself), and where it came from.

    That is "slack", "web", "api" or "admin".
    """

    person: "Person | None" = None
    via: str = ""


_actor: ContextVar[Actor] = ContextVar("actor", default=Actor())  # noqa: B039 - frozen


def actor() -> Actor:
    """Return who is acting now."""
    return _actor.get()


@contextmanager
def acting(person: "Person | None", *, via: str | None = None) -> Iterator[None]:
    """Say who acts within the block; `via` stays what it was unless given."""
    token = _actor.set(Actor(person, _actor.get().via if via is None else via))
    try:
        yield
    finally:
        _actor.reset(token)


@dataclass(frozen=True)
class Change:
    """One field of an incident, before and after."""

    field: str
    old: Any
    new: Any

    @property
    def on_timeline(self) -> bool:
        """Whether it is a milestone that the curated timeline shows without anybody promoting it."""
        return self.field in {"end_time", "severity", "lead"}

    def sentence(self) -> str:
        """Return what the entry says, without who did it."""
        if self.field == "end_time":
            return "Incident closed" if self.old is None else reopened_or_moved(self.new)
        name = self.field.replace("_", " ").capitalize()
        old, new = shown(self.field, self.old), shown(self.field, self.new)
        if not new:
            return f"{name} removed (it was: {old})"
        return f"{name} changed from {old} to {new}" if old else f"{name} set to {new}"

    def metadata(self) -> dict[str, Any]:
        """Return the entry's data: `update_type` as the original names it, `old_value` and `new_value` as text."""
        return {
            "update_type": f"incident_{self.field}",
            "old_value": stored_text(self.old),
            "new_value": stored_text(self.new),
        }


def reopened_or_moved(end_time: datetime | None) -> str:
    return "Incident reopened" if end_time is None else f"End time changed to {end_time:%Y-%m-%d %H:%M} UTC"


def shown(field: str, value: Any) -> str:
    """Return a value as the entry's text shows it."""
    if field == "severity":
        return severity.label(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return stored_text(value) or ""


def stored_text(value: Any) -> str | None:
    """Return a value as text for the entry: a person is mentioned, a time is ISO 8601."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.isoformat()
    return value.reference() if hasattr(value, "reference") else str(value)


def between(stored: "Incident", wanted: "Incident", fields: Iterator[str] | list[str]) -> list[Change]:
    """Return what differs between two versions of an incident, in the fields named."""
    pairs = ((field, getattr(stored, field), getattr(wanted, field)) for field in fields)
    return [Change(field, old, new) for field, old, new in pairs if old != new]
