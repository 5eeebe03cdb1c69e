"""How many of what, and how it went: the journal in a few lines."""

from collections import Counter, defaultdict

from slack_sandbox.shapes import Json


class Tally:
    """Counts entries as they come."""

    def __init__(self) -> None:
        self._calls: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._deliveries: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._events: Counter[str] = Counter()

    def count(self, entry: Json) -> None:
        """One more."""
        if entry["kind"] == "api":
            self._calls[entry["method"]][outcome_of_call(entry)] += 1
        elif entry["kind"] == "delivery":
            self._deliveries[entry["what"]][entry["outcome"]] += 1
        elif entry["kind"] == "event":
            self._events[entry["state"]] += 1

    def as_json(self) -> Json:
        """`{calls: {method: {outcome: n}}, deliveries: {what: {outcome: n}}, events: {state: n}}`"""
        return {
            "calls": {method: dict(counts) for method, counts in sorted(self._calls.items())},
            "deliveries": {what: dict(counts) for what, counts in sorted(self._deliveries.items())},
            "events": dict(self._events),
        }


def outcome_of_call(entry: Json) -> str:
    """ok, lost (done, but the client did not learn of it), limited, error, refused, or the answer's error."""
    if entry["limited"]:
        return "limited"
    if entry["done"]:
        return "lost" if entry["lost"] else "ok"
    return str(entry["fault"] if entry["fault"] in ("error", "refused") else entry["answer"].get("error"))
