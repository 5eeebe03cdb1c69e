"""How long an incident takes to be seen, and its channel to be of use, with a Slack that answers after 100 ms.

Everything is read from the sandbox's journal, whose times are one clock's: from the moment Slack sends the form (or the
press of the button) to the moment the last call that was needed has been answered. One incident after the other, and
two seconds between them: Slack takes one message a second in a channel, and people need longer to press a button.

- `declare.headline_ms`: form submitted to headline visible; median
- `declare.channel_ms`: button pressed to channel ready: reporter, lead and the person who pressed are invited, the
  topic is set, the card is posted and pinned, the headline links to the channel; median
- `declare.critical_calls.headline` and `.channel`: how many calls of Slack followed one another on the way, the most
  there were; the opening of the form counts as one on the way to the headline. `declare.critical_calls` is their sum.
- `declare.overhead_ms`: of both ways, the time when no call on the way was under way; 95th percentile, and the same for
  each way alone as `declare.overhead_ms.headline` and `.channel`
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench import stack
from bench.company import Company, install, number_of, press
from bench.report import Report
from slack_sandbox.control import Sandbox

ROUNDS = 20
LATENCY_MS = 100
PAUSE = 1.2  # seconds
PATIENCE = 20.0
INCIDENTS = "incidents"

Entry = dict[str, Any]
Needed = Callable[[Entry], bool]


@dataclass(frozen=True)
class Call:
    """A call of the Web API, in seconds since the epoch."""

    method: str
    began: float
    ended: float


@dataclass(frozen=True)
class Way:
    """From an interaction to what it was for."""

    began: float
    chain: list[Call]
    """The calls that followed one another, the last one first."""

    @property
    def wall_ms(self) -> float:
        return (self.chain[0].ended - self.began) * 1000

    @property
    def overhead_ms(self) -> float:
        """What is left without the calls."""
        return self.wall_ms - sum(call.ended - call.began for call in self.chain) * 1000


def way(began: float, calls: list[Call], needed: list[Call]) -> Way:
    """Walk back from the needed call that ended last: before each came the one that ended last before it began."""
    chain = [max(needed, key=lambda call: call.ended)]
    while earlier := [call for call in calls if call.began >= began and call.ended <= chain[-1].began]:
        chain.append(max(earlier, key=lambda call: call.ended))
    return Way(began, chain)


def measure(report: Report) -> None:
    """Declare incidents and open their channels, and report what it took."""
    with stack.running() as running, Sandbox(running.sandbox_url) as sandbox:
        company = install(sandbox, running)
        declare(company)  # the first one pays for connections and caches
        sandbox.fault("latency", ms=LATENCY_MS)
        ways = [declare(company) for _ in range(ROUNDS)]
    headlines, channels = zip(*ways, strict=True)
    report.add("declare.headline_ms", statistics.median(each.wall_ms for each in headlines), "ms")
    report.add("declare.channel_ms", statistics.median(each.wall_ms for each in channels), "ms")
    to_headline = 1 + max(len(each.chain) for each in headlines)
    to_channel = max(len(each.chain) for each in channels)
    report.add("declare.critical_calls.headline", to_headline, "calls")
    report.add("declare.critical_calls.channel", to_channel, "calls")
    report.add("declare.critical_calls", to_headline + to_channel, "calls")
    for name, some in (("", (*headlines, *channels)), (".headline", headlines), (".channel", channels)):
        overhead = statistics.quantiles((each.overhead_ms for each in some), n=20)[-1]
        report.add(f"declare.overhead_ms{name}", overhead, "ms")


def declare(company: Company) -> tuple[Way, Way]:
    """Report an incident, open its channel, and return both ways."""
    company.rae.runs("/incident", "Payments are failing", company.general)
    since = company.sandbox.seq()
    company.rae.submits({"Lead": company.lee.id})
    to_headline = watch(company, since, "view_submission", [is_headline])
    pause()
    post = company.headlines()[-1]
    since = company.sandbox.seq()
    press(company.bo, "Create Comms Channel", post)
    to_channel = watch(company, since, "block_actions", CHANNEL)
    pause()
    require_ready(company, f"inc-{100 + number_of(post)}")
    return to_headline, to_channel


def is_headline(entry: Entry) -> bool:
    """The headline is posted."""
    return bool(entry["method"] == "chat.postMessage" and entry["args"]["channel"] == f"#{INCIDENTS}")


def is_link(entry: Entry) -> bool:
    """The headline is brought up to date with a line for the channel."""
    blocks = entry["args"].get("blocks", [])
    return entry["method"] == "chat.update" and any(block.get("block_id") == "comms_channel" for block in blocks)


def is_card(entry: Entry) -> bool:
    """The card is posted."""
    return entry["method"] == "chat.postMessage" and not is_headline(entry)


def is_call(method: str) -> Needed:
    """Any call of this method."""
    return lambda entry: bool(entry["method"] == method)


CHANNEL: list[Needed] = [
    *map(is_call, ("conversations.create", "conversations.invite", "conversations.setTopic", "pins.add")),
    is_card,
    is_link,
]


def watch(company: Company, since: int, interaction: str, needed: list[Needed]) -> Way:
    """Follow the journal until every needed call has been answered."""
    entries: list[Entry] = []
    deadline = time.monotonic() + PATIENCE
    while not all(any(map(each, answered(entries))) for each in needed):
        if time.monotonic() > deadline:
            raise SystemExit(
                f"After {PATIENCE:.0f} s there were only {[each['method'] for each in answered(entries)]}."
            )
        entries += company.sandbox.journal(entries[-1]["seq"] if entries else since, wait=1)
    began = next(each["time"] for each in entries if each["kind"] == "delivery" and each["what"] == interaction)
    firsts = [next(filter(each, answered(entries))) for each in needed]
    return way(began, list(map(call, answered(entries))), list(map(call, firsts)))


def answered(entries: list[Entry]) -> list[Entry]:
    """The calls of methods that were carried out. What is said through a response_url goes its own way."""
    calls = [each for each in entries if each["kind"] == "api" and each["method"] != "response_url"]
    return [each for each in calls if each["answer"].get("ok")]


def call(entry: Entry) -> Call:
    """A call from its entry in the journal."""
    return Call(entry["method"], entry["time"], entry["time"] + entry["ms"] / 1000)


def require_ready(company: Company, name: str) -> None:
    """Stop unless the channel is what the journal made us believe."""
    room = company.sandbox.show_channel(name)
    people = {str(person) for person in (company.rae, company.lee, company.bo)}
    if not (people <= set(room["members"]) and room["topic"] and room["pins"]):
        raise SystemExit(f"#{name} is not complete: {room}")
    if room["id"] not in company.headlines()[-1].all_text:
        raise SystemExit(f"The headline does not link to #{name}.")


def pause() -> None:
    """Let a person read, and the channel's second pass."""
    time.sleep(PAUSE)


if __name__ == "__main__":
    measure(Report())
