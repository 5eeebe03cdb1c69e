"""What `/incident` shows in an incident's channel: everything one can do, to press and to say."""

from typing import Any

from response.core.models import Incident
from response.plugins import registry
from response.slack.models import HeadlinePost
from response.slack.surfaces import blocks, headline


def render(incident: Incident) -> dict[str, Any]:
    """Return the menu as the answer to a slash command: only its sender sees it."""
    buttons = headline.buttons(incident, HeadlinePost(incident=incident)) if not incident.is_closed() else []
    parts = [blocks.section(f"*Incident {incident.number}* · {headline.report(incident)}")]
    if buttons:
        parts += blocks.actions(buttons)
    parts.append(blocks.section(commands()))
    text = headline.fallback(incident)
    return {"response_type": "ephemeral", "text": text, "blocks": blocks.rendered(parts)}


def commands() -> str:
    """Return the commands by group, with an example each, as `/incident` takes them."""
    groups: dict[str, list[str]] = {}
    for handler in sorted(registry.commands, key=lambda handler: handler.names):
        line = f"• `/incident {handler.example or handler.names[0]}` {handler.helptext}"
        groups.setdefault(handler.group or "More", []).append(line)
    return "\n\n".join("\n".join([f"*{group}*", *lines]) for group, lines in groups.items())
