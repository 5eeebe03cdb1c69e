"""What follows from the life of an incident."""

from response.core.models import Incident
from response.plugins import Button, Message, lifecycle_handler
from runbook_keeper import shelf
from runbook_keeper.forms import FORM_BUTTON


@lifecycle_handler("channel_created")
def show_runbooks(incident: Incident) -> str | None:
    """Begin a new channel with what was attached before there was one."""
    attached = [runbook.link() for runbook in shelf.attached_to(incident)]
    return f"📗 To do: {', '.join(attached)}" if attached else None


@lifecycle_handler("closed")
def ask_for_better_runbook(incident: Incident) -> Message:
    """Ask for what was learnt while it is fresh."""
    attached = [runbook.link() for runbook in shelf.attached_to(incident)]
    if attached:
        return Message(f"📗 Was the runbook right? Mend it while it is fresh: {', '.join(attached)}")
    return Message(
        "📕 There was no runbook for this. Write down what helped, for the next time.",
        [Button("Write a runbook", FORM_BUTTON)],
    )
