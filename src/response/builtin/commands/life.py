"""Commands about the life of the incident and its channel."""

from response.core import actions, clock
from response.core.errors import UserError
from response.core.models import Incident, Person
from response.plugins import Chat, incident_command


@incident_command(["close"], helptext="Close the incident", example="close", group="Life")
def close(incident: Incident, user: Person) -> str | None:
    """Close it, or say since when it is closed. The channel is told by the announcement of closing."""
    if actions.close(incident, by=user):
        return None
    ended = incident.end_time or clock.now()
    return f"This incident was closed already, at {ended:%Y-%m-%d %H:%M} UTC."


@incident_command(["reopen"], helptext="Open a closed incident again", example="reopen", group="Life")
def reopen(incident: Incident, user: Person) -> str | None:
    """Open it again. The channel is told by the announcement."""
    return None if actions.reopen(incident, by=user) else "This incident is open."


@incident_command(["rename"], helptext="Give the channel another name", example="rename payments down", group="Life")
def rename(incident: Incident, user: Person, message: str, chat: Chat) -> None:
    """Rename the incident's channel; Slack's answer is told when it refuses."""
    if not message:
        raise UserError("What should the channel be called? Say `@incident rename <name>`.")
    chat.rename_channel(incident, message, by=user)
