"""What is being done just now, as the log is to know it: the request, the job, the incident."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_facts: ContextVar[dict[str, Any] | None] = ContextVar("facts", default=None)


@contextmanager
def doing(**facts: Any) -> Iterator[None]:
    """Say what is being done within the block, in every line that is logged there."""
    token = _facts.set({**(_facts.get() or {}), **facts})
    try:
        yield
    finally:
        _facts.reset(token)


def note(**facts: Any) -> None:
    """Say more of what is being done, until its block ends. Outside of one it is of no use, and forgotten."""
    known = _facts.get()
    if known is not None:
        known.update({name: fact for name, fact in facts.items() if fact is not None})


def facts() -> Mapping[str, Any]:
    """Return what is known."""
    return _facts.get() or {}
