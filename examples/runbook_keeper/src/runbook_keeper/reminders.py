"""Asking for a runbook when it is bad and there is none."""

from response.core.models import Incident
from response.core.severity import Severity
from response.plugins import Button, Message, setting, single_notification
from runbook_keeper import shelf
from runbook_keeper.forms import FORM_BUTTON

MINUTES = setting("RUNBOOK_REMINDER_MINUTES", 15.0, "How long a bad incident may be without a runbook.")
BAD = (Severity.CRITICAL, Severity.MAJOR)


@single_notification(MINUTES)
def ask_for_runbook(incident: Incident) -> Message | None:
    """Ask once, as soon as the incident is bad and old enough."""
    if incident.severity not in BAD or shelf.attached_to(incident).exists():
        return None
    text = "📕 No runbook is attached to this incident yet. Is there one? If not, begin one with what you do now."
    return Message(text, [Button("Attach a runbook", FORM_BUTTON, style="primary")])
