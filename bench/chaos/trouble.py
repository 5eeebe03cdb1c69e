"""Everything that Slack does wrong, all at once."""

from slack_sandbox.control import Sandbox

CALLS = (
    ("latency", {"chance": 0.05, "ms": 400}),
    ("ratelimit", {"chance": 0.02, "retry_after": 1}),
    ("error", {"chance": 0.03, "status": 503}),
    ("refused", {"chance": 0.02}),
    ("lost", {"chance": 0.03}),
    ("malformed", {"chance": 0.02, "how": "html"}),
)
EVENTS = (
    ("event_late", {"chance": 0.05, "ms": 2000}),
    ("event_doubled", {"chance": 0.1, "ms": 500}),
    ("event_reordered", {"chance": 0.05}),
    ("attempt_lost", {"chance": 0.05}),
)
INTERACTIONS = (
    ("interaction_lost", {"chance": 0.02}),
    ("interaction_doubled", {"chance": 0.1}),
)
EVENT_TYPES = ("message", "app_mention", "pin_added", "pin_removed", "reaction_added", "reaction_removed")
INTERACTION_TYPES = ("command", "view_submission")


def switch_on(sandbox: Sandbox, seed: int) -> None:
    """Let everything go wrong from now on, the same for the same seed."""
    sandbox.seed(seed)
    sandbox.settings(limits="slack", retry_scale=0.1, disable_minimum=10**9)
    for kind, values in CALLS:
        sandbox.fault(kind, "*", **values)
    for name in EVENT_TYPES:
        for kind, values in EVENTS:
            sandbox.fault(kind, name, **values)
    for name in INTERACTION_TYPES:
        for kind, values in INTERACTIONS:
            sandbox.fault(kind, name, **values)
