"""Finding and loading the handlers."""

from importlib import import_module

BUILT_IN = (
    "response.builtin.buttons",
    "response.builtin.commands",
    "response.builtin.forms",
    "response.slack.pins",
    "response.slack.channels",
    "response.slack.participants",
)


def load() -> None:
    """Import the modules that register handlers."""
    for module in BUILT_IN:
        import_module(module)
