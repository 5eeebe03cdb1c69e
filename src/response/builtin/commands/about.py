"""Commands that only tell."""

from response.core.models import Incident
from response.plugins import Message, incident_command
from response.plugins.registry import Handler, commands


@incident_command(["help"], helptext="What I understand", example="help", group="About")
def show_help() -> Message:
    """List the commands by group, with an example each, to who asked."""
    groups: dict[str, list[str]] = {}
    for handler in sorted(commands, key=lambda handler: handler.names):
        groups.setdefault(handler.group or "More", []).append(help_line(handler))
    text = "\n".join("\n".join([f"*{group}*", *lines]) for group, lines in sorted(groups.items()))
    return Message(f"Mention me, or use `/incident`, with one of these:\n{text}", is_private=True)


def help_line(handler: Handler) -> str:
    example = f"   _e.g._ `@incident {handler.example}`" if handler.example else ""
    return f"• `{', '.join(handler.names)}` - {handler.helptext}{example}"


@incident_command(["duration"], helptext="How long it has been going on", example="duration", group="About")
def duration(incident: Incident) -> str:
    """Say how long it has lasted."""
    verb = "lasted" if incident.is_closed() else "has been running for"
    return f"⏱ The incident {verb} {incident.duration()}."
