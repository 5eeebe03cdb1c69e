"""`response.slack.decorators`, beyond what `response.plugins` has."""

from collections.abc import Sequence

from response.plugins import registry


def get_help() -> str:
    """Return the commands, a line each."""
    lines = {f"`{', '.join(handler.names)}` -  {handler.helptext}" for handler in registry.commands}
    return "\n".join(sorted(lines))


def get_commands() -> Sequence[str]:
    """Return every name of a command."""
    return [name for handler in registry.commands for name in handler.names]


def remove_action_handler(callback_id: str) -> None:
    """Have nothing answer to a button any more."""
    registry.actions.remove(callback_id)


def remove_dialog_handler(callback_id: str) -> None:
    """Have nothing answer to a form any more."""
    registry.dialogs.remove(callback_id)
