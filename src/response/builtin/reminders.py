"""What Response reminds people of, each with a button that does the thing."""

from django.conf import settings

from response.core.models import Incident
from response.plugins import Button, Message, recurring_notification

EDIT, CLOSE, LEAD_ME = "edit-incident-button", "close-incident-button", "lead-me-button"


@recurring_notification(settings.SEVERITY_REMINDER_MINUTES, settings.SEVERITY_REMINDER_LIMIT)
def remind_severity(incident: Incident) -> Message | None:
    """Ask how bad it is."""
    if incident.severity:
        return None
    text = "🌤️ This incident has no severity yet. Set one with the button, or say `@incident severity major`."
    return Message(text, [Button("Set severity", EDIT, str(incident.pk), style="primary")])


@recurring_notification(settings.LEAD_REMINDER_MINUTES, settings.LEAD_REMINDER_LIMIT)
def remind_incident_lead(incident: Incident) -> Message | None:
    """Ask who leads."""
    if incident.lead:
        return None
    text = "👩‍🚒 Nobody leads this incident yet. Take it with the button, or say `@incident lead @name`."
    return Message(text, [Button("I lead", LEAD_ME, str(incident.pk), style="primary")])


@recurring_notification(settings.LONG_RUNNING_REMINDER_MINUTES, settings.LONG_RUNNING_REMINDER_LIMIT, in_hours=True)
def remind_close_incident(incident: Incident) -> Message:
    """Ask whether it is over."""
    text = (
        f"⏳ This incident has been running for {incident.duration()}. Can it be closed? "
        "Pin the messages that tell its story, so that they stand on the timeline."
    )
    close = Button("Close", CLOSE, str(incident.pk), style="primary", confirm="Close this incident?")
    return Message(text, [close])
