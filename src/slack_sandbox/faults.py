"""What the sandbox has been told to do wrong."""

from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from itertools import count

from slack_sandbox.shapes import Json

KINDS = {
    "latency": "answer `ms` later",
    "ratelimit": "HTTP 429 with Retry-After `retry_after`",
    "error": "HTTP `status`, without doing anything",
    "lost": "do it, then close the connection (or answer 500 when `status` is set)",
    "event_lost": "do not deliver an event",
    "event_doubled": "deliver an event twice",
    "event_late": "deliver an event `ms` later",
}


@dataclass(slots=True)
class Fault:
    """One thing to do wrong, to the calls or events whose name matches."""

    kind: str
    match: str = "*"
    """A method, an event type, or a pattern such as `chat.*`."""
    times: int | None = None
    """How often; None for always."""
    ms: float = 0
    retry_after: int = 1
    status: int = 0
    id: int = 0


class Faults:
    """The faults that are on."""

    def __init__(self) -> None:
        self._on: list[Fault] = []
        self._ids = count(1)

    def add(self, values: Json) -> Fault:
        """Switch one on. Raises KeyError for an unknown kind, TypeError for an unknown field."""
        if values.get("kind") not in KINDS:
            raise KeyError(f"a fault's kind is one of {', '.join(KINDS)}")
        fault = Fault(**{**values, "id": next(self._ids)})
        self._on.append(fault)
        return fault

    def remove(self, fault_id: int | None = None) -> None:
        """Switch one off, or all."""
        self._on = [fault for fault in self._on if fault_id is not None and fault.id != fault_id]

    def take(self, kind: str, name: str) -> Fault | None:
        """The fault of that kind for a call or event, counted as used."""
        for fault in self._on:
            if fault.kind == kind and fnmatch(name, fault.match):
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._on.remove(fault)

    def as_json(self) -> list[Json]:
        """Those that are on, with what is left of them."""
        return [asdict(fault) for fault in self._on]
