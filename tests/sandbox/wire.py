"""All that the sandbox answers and sends while the tests of this folder run, held against Slack's shapes.

The tests are not written for this: whatever they make the sandbox say is looked at, refusals too.
"""

from typing import Any

from slack_sandbox.webapi.registry import METHODS
from tests.sandbox.shapes import FOLDER, absent, against, deviations, paths

Json = dict[str, Any]
REFUSED = {
    ("ok", "bool"),
    ("error", "string"),
    ("needed", "string"),
    ("provided", "string"),
    ("req_method", "string"),
    ("errors", "array"),
    ("errors[]", "string"),
    ("errors[]", "object"),
    ("errors[].code", "string"),
    ("errors[].message", "string"),
    ("errors[].pointer", "string"),
    ("errors[].user", "string"),
    ("errors[].ok", "bool"),
    ("errors[].error", "string"),
    ("response_metadata", "object"),
    ("response_metadata.messages", "array"),
    ("response_metadata.messages[]", "string"),
}
"""What a refusal may say, whichever method it is of."""
WARNING = ("warning", "response_metadata", "response_metadata.warnings", "response_metadata.warnings[]")
"""In any answer to JSON that does not name its charset."""
ECHO = "api.test"
"""It answers with what it was sent."""


INTERACTIONS = {
    "block_actions": "BlockAction",
    "view_submission": "ViewSubmission",
    "view_closed": "ViewClosed",
    "shortcut": "GlobalShortcut",
    "message_action": "MessageShortcut",
}
RECORDED_OTHERWISE = {
    ".context_enterprise_id: null, not ['string']",
    "pin_added/None .pin_count: number, not ['string']",
    "pin_removed/None .pin_count: number, not ['string']",
    "block_actions .response_url: missing",
    "message/file_share .files[0].comments_count: number, not ['string']",
    "message/channel_join .inviter: missing",  # nobody has invited who came by themselves
    "message/message_changed .message.subtype: what must not be",  # the types have no tombstone
    "message/pinned_item .type: 'message', not 'app_home_opened'",  # nor this one
    "message/thread_broadcast .client_msg_id: missing",  # only what people have typed has one
    *(f"{kind} .enterprise: null, not ['object']" for kind in INTERACTIONS),
}
"""Where the types say one thing and what was recorded from Slack another."""


def problems_of_event(envelope: Json) -> set[str]:
    """What Slack's types say against an event and its envelope."""
    event = envelope["event"]
    name = f"{event['type']}/{event.get('subtype')}"
    inner = {f"{name} {each}" for each in against("ts-types.SlackEvent", complete(event))}
    return (inner | set(against("ts-bolt.EnvelopedEvent", envelope))) - RECORDED_OTHERWISE


def complete(event: Json) -> Json:
    """An event as its type wants it: the types ask the inner messages for what only the outer one has in recordings."""
    outer = {name: event.get(name) for name in ("channel", "channel_type", "event_ts")}
    inner = {name: event[name] | outer for name in ("message", "previous_message", "root") if name in event}
    return event | inner if event["type"] == "message" else event


def problems_of_interaction(payload: Json) -> set[str]:
    """What Slack's types say against an interaction. They have none for block_suggestion."""
    if payload["type"] not in INTERACTIONS:
        return set()
    found = against(f"ts-bolt.{INTERACTIONS[payload['type']]}", payload)
    return {f"{payload['type']} {each}" for each in found} - RECORDED_OTHERWISE


class Wire:
    """What was seen so far."""

    def __init__(self) -> None:
        self.answers = 0
        self.methods: set[str] = set()
        self.keys: set[str] = set()
        self.deviations: set[str] = set()
        self._shapes: set[object] = set()
        """Of what was sent: one of each is enough."""

    def note(self, entries: list[Json]) -> None:
        """Look at some entries of the journal."""
        for entry in entries if FOLDER.is_dir() else ():
            if entry["kind"] == "delivery":
                self._look_at_sent(entry["what"], entry["payload"])
            elif entry["kind"] == "api" and not entry["limited"] and entry["answer"] and entry["fault"] is None:
                self._look_at_answer(entry["method"], entry["answer"])

    def _look_at_answer(self, method: str, answer: Json) -> None:
        if method in ("response_url", ECHO):
            return
        found = paths(answer)
        self.answers += 1
        self.methods |= {method} & METHODS.keys()
        self.keys |= {f"{method} {path}" for path, _ in found}
        if answer["ok"]:
            wrong = [each for each in deviations(method, answer) if each.partition(":")[0] not in WARNING]
            wrong += [f"{name}: absent" for name in absent(method, answer)]
        else:
            wrong = [f"{path}: {kind} in a refusal" for path, kind in found if (path, kind) not in REFUSED]
        self.deviations |= {f"{method} {each}" for each in wrong}

    def _look_at_sent(self, what: str, payload: Json) -> None:
        inner = payload.get("event", payload)
        shape = (what, inner.get("type"), inner.get("subtype"), frozenset(paths(payload)))
        if shape in self._shapes or what == "url_verification":
            return
        self._shapes.add(shape)
        if what == "event":
            self.deviations |= problems_of_event(payload)
        elif what == "app_rate_limited":
            self.deviations |= {f"{what} {each}" for each in against("ts-types.SlackEvent", payload)}
        elif what == "command":
            self.deviations |= {f"command {each}" for each in against("ts-bolt.SlashCommand", payload)}
        else:
            self.deviations |= problems_of_interaction(payload)

    def counted(self) -> Json:
        """What was seen, for another process to add to what it has."""
        return {
            "answers": self.answers,
            "methods": sorted(self.methods),
            "keys": sorted(self.keys),
            "deviations": sorted(self.deviations),
        }

    def add(self, counted: Json) -> None:
        """Take over what another process has seen."""
        self.answers += counted["answers"]
        self.methods |= set(counted["methods"])
        self.keys |= set(counted["keys"])
        self.deviations |= set(counted["deviations"])

    def summary(self) -> str:
        """One line."""
        counted = f"methods {len(self.methods)}, keys {len(self.keys)}, deviations {len(self.deviations)}"
        return f"Slack's shapes: {counted} (of {self.answers} answers)"


WIRE = Wire()
