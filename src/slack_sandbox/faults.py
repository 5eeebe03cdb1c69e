"""What the sandbox has been told to do wrong."""

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatch
from itertools import count

from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel

TO_CALLS = {
    "latency": "answer `ms` later",
    "ratelimit": "HTTP 429 with Retry-After `retry_after`, without doing anything",
    "error": "HTTP `status` (503 if not given), without doing anything",
    "refused": "break the connection instead of answering, without doing anything",
    "lost": "do it, then break the connection (or answer HTTP `status`)",
    "malformed": "do it, then answer with what is no JSON object: truncated, html, empty or list (`how`)",
}
"""Faults of calls; `match` is a method, or response_url."""

TO_EVENTS = {
    "event_lost": "never deliver an event",
    "event_late": "deliver an event `ms` later",
    "event_doubled": "deliver an event twice, `ms` apart, the second time with the headers of a retry",
    "event_reordered": "let the next event of the channel overtake; wait for one for `ms` (500 if not given)",
    "attempt_lost": "lose one attempt to deliver an event: it is retried",
    "connection_cut": "break the WebSocket right after the envelope was sent on it",
}
"""Faults of events; `match` is the type of the event. connection_cut concerns every envelope."""

TO_INTERACTIONS = {
    "interaction_lost": "never deliver a command or an interaction: the person is told operation_timeout",
    "interaction_late": "deliver a command or an interaction `ms` later, while its three seconds run",
    "interaction_doubled": "deliver a command or an interaction twice, `ms` apart; the first answer counts",
}
"""Faults of what people do; `match` is command, block_actions, view_submission, view_closed, shortcut ..."""

KINDS = TO_CALLS | TO_EVENTS | TO_INTERACTIONS
MANGLED = ("truncated", "html", "empty", "list")


@dataclass(slots=True)
class Fault:
    """One thing to do wrong, to the calls, events or interactions that match."""

    kind: str
    match: str = "*"
    """A method, an event type, or a pattern such as `chat.*`."""
    channel: str = ""
    """Only what concerns this channel, by id or name."""
    chance: float = 1.0
    """How likely it strikes what matches, from 0 to 1; the seed decides which."""
    times: int | None = None
    """How often; None for always."""
    ms: float = 0
    retry_after: int = 1
    status: int = 0
    how: str = ""
    """How an answer is malformed; by chance if not given."""
    struck: int = 0
    """How often it has."""
    id: int = 0

    def concerns(self, kind: str, name: str, channel: Channel | None) -> bool:
        """Whether it is about this."""
        if self.kind != kind or not fnmatch(name, self.match):
            return False
        return not self.channel or (channel is not None and self.channel in (channel.id, channel.name))


GIVEN = tuple(field.name for field in fields(Fault) if field.name not in ("struck", "id"))


class Faults:
    """The faults that are on, and the dice. The dice are one for each fault, name and channel.

    So with the same seed the third chat.postMessage to #general meets the same fate in every run, whatever happens
    meanwhile elsewhere.
    """

    def __init__(self) -> None:
        self.seed = 0
        self._on: list[Fault] = []
        self._ids = count(1)
        self._thrown: Counter[tuple[int, str, str]] = Counter()

    def begin(self, seed: int) -> None:
        """Throw the dice from the beginning, as this seed has them fall."""
        self.seed = seed
        self._thrown.clear()

    def add(self, values: Json) -> Fault:
        """Switch one on. Raises ValueError for what makes no sense."""
        fault = Fault(**_checked(values), id=next(self._ids))
        self._on.append(fault)
        return fault

    def remove(self, fault_id: int | None = None) -> None:
        """Switch one off, or all."""
        self._on = [fault for fault in self._on if fault_id is not None and fault.id != fault_id]

    def take(self, kind: str, name: str, channel: Channel | None = None) -> Fault | None:
        """The fault of that kind that strikes a call or event, counted as used."""
        for fault in self._on:
            if fault.concerns(kind, name, channel) and self._strikes(fault, name, channel):
                self._use(fault)
                return fault
        return None

    def choose(self, fault: Fault, name: str) -> str:
        """How an answer is mangled: as the fault says, or as the dice fall."""
        return fault.how or MANGLED[int(self._throw(-fault.id, name, "") * len(MANGLED))]

    def _strikes(self, fault: Fault, name: str, channel: Channel | None) -> bool:
        return fault.chance >= 1 or self._throw(fault.id, name, channel.name if channel else "") < fault.chance

    def _throw(self, *which: int | str) -> float:
        """The next number of these dice, from 0 to 1."""
        key = (int(which[0]), str(which[1]), str(which[2]))
        self._thrown[key] += 1
        thrown = f"{self.seed} {key} {self._thrown[key]}".encode()
        return int.from_bytes(hashlib.blake2b(thrown, digest_size=8).digest()) / 2**64

    def _use(self, fault: Fault) -> None:
        fault.struck += 1
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._on.remove(fault)

    def as_json(self) -> list[Json]:
        """Those that are on, with what is left of them."""
        return [asdict(fault) for fault in self._on]


def _checked(values: Json) -> Json:
    """What was given, if it makes sense."""
    if values.get("kind") not in KINDS:
        raise ValueError(f"a fault's kind is one of {', '.join(KINDS)}")
    if unknown := sorted(values.keys() - set(GIVEN)):
        raise ValueError(f"a fault has no {', '.join(unknown)}. It has {', '.join(GIVEN)}")
    if not 0 <= float(values.get("chance", 1)) <= 1:
        raise ValueError("a chance is between 0 and 1")
    if values.get("how") and values["how"] not in MANGLED:
        raise ValueError(f"an answer is mangled {', '.join(MANGLED)}")
    given = {name: value for name, value in values.items() if value is not None}
    return given | {"channel": str(values.get("channel") or "").removeprefix("#")}
