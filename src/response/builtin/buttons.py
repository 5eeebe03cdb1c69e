"""The buttons of the headline post, and of the greeting."""

from response.core import actions
from response.core.models import Incident, Person
from response.plugins import Button, Chat, action_handler, headline_post_action

CREATE_COMMS_CHANNEL = "create-comms-channel-button"
EDIT_INCIDENT = "edit-incident-button"
CLOSE_INCIDENT = "close-incident-button"
HELLO = "response-hello"


@headline_post_action(order=100)
def offer_channel(incident: Incident) -> Button | None:
    if hasattr(incident, "commschannel"):
        return None
    return Button(":speaking_head_in_silhouette: Create Comms Channel", CREATE_COMMS_CHANNEL, str(incident.pk))


@headline_post_action(order=200)
def offer_edit(incident: Incident) -> Button:
    return Button(":pencil2: Edit", EDIT_INCIDENT, str(incident.pk))


@headline_post_action(order=300)
def offer_close(incident: Incident) -> Button:
    return Button(":white_check_mark: Close", CLOSE_INCIDENT, str(incident.pk))


@action_handler(CREATE_COMMS_CHANNEL)
def create_channel(incident: Incident, user: Person, chat: Chat) -> str | None:
    """Open the incident's channel. A second press is told where it is, and changes nothing."""
    if chat.open_channel(incident, by=user):
        return None
    return f"Incident {incident.number} already has its channel, or it is being made right now."


@action_handler(CLOSE_INCIDENT)
def close_incident(incident: Incident, user: Person) -> str | None:
    """Close the incident, once: pressing again changes nothing."""
    if actions.close(incident, by=user):
        return None
    return f"Incident {incident.number} was closed already."


@action_handler(HELLO)
def answer_hello() -> str:
    """Say that Response hears what is pressed in Slack."""
    return "It works: Response hears you. Report something with `/incident`, or ask me for `help` in its channel."
