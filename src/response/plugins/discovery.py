"""Finding and loading the handlers."""

from importlib import import_module

BUILT_IN = (
    "response.builtin.buttons",
    "response.builtin.commands.about",
    "response.builtin.commands.life",
    "response.builtin.commands.people",
    "response.builtin.commands.record",
    "response.builtin.forms",
    "response.builtin.reminders",
    "response.slack.pins",
    "response.slack.channels",
    "response.slack.participants",
    "response.slack.reminding",
)


def load() -> None:
    """Import the modules that register handlers."""
    for module in BUILT_IN:
        import_module(module)
