"""What `@incident …` understands in an incident's channel."""

import re

from response.core import actions, clock
from response.core.errors import UserError
from response.core.models import Incident, Person
from response.core.severity import Severity
from response.plugins import Message, incident_command
from response.plugins.registry import Handler, commands

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@incident_command(["help"], helptext="What I understand", example="help", group="About")
def show_help() -> Message:
    """List the commands with an example each."""
    lines = sorted(help_line(handler) for handler in commands)
    return Message("\n".join(["Mention me with one of these:", *lines]), is_private=True)


def help_line(handler: Handler) -> str:
    example = f"   _e.g._ `@incident {handler.example}`" if handler.example else ""
    return f"• `{', '.join(handler.names)}` - {handler.helptext}{example}"


@incident_command(["summary"], helptext="Say what is going on", example="summary The queue is full", group="Record")
def summary(incident: Incident, user: Person, message: str) -> str:
    """Set the summary, or show it when nothing is given."""
    if not message:
        return f"The summary is: {incident.summary}" if incident.summary else "There is no summary yet."
    actions.set_summary(incident, message, by=user)
    return f"The summary is now: {message}"


@incident_command(
    ["impact"], helptext="Say who and what is affected", example="impact No card payments", group="Record"
)
def impact(incident: Incident, user: Person, message: str) -> str:
    """Set the impact, or show it when nothing is given."""
    if not message:
        return f"The impact is: {incident.impact}" if incident.impact else "Nobody has said yet what the impact is."
    actions.set_impact(incident, message, by=user)
    return f"The impact is now: {message}"


@incident_command(["lead"], helptext="Say who leads; `me` is you", example="lead @Lee", group="People")
def lead(incident: Incident, user: Person, message: str) -> str:
    """Set the lead to the person mentioned, or found by name. Nobody is assigned by default."""
    person = find_person(message, user)
    actions.set_lead(incident, person, by=user)
    return f"{person.reference()} leads this incident."


def find_person(message: str, user: Person) -> Person:
    """Return the one person that the words mean. Raises UserError that asks back when they mean none, or several."""
    wanted = message.strip()
    if mention := MENTION.search(wanted):
        return Person.objects.known_as(mention[1])
    if wanted.lower() in {"me", "myself"}:
        return user
    if not wanted:
        raise UserError("Who leads? Mention them (`lead @name`), or say `lead me`.")
    name = wanted.lstrip("@").lower()
    people = Person.objects.filter(deleted=False, is_bot=False)
    found = [p for p in people if name in {p.display_name.lower(), p.full_name.lower(), *p.full_name.lower().split()}]
    if len(found) != 1:
        reason = "I know nobody" if not found else f"I know {len(found)} people"
        raise UserError(f"{reason} called “{wanted}”. Mention them instead: `lead @name`.")
    return found[0]


@incident_command(["severity", "sev"], helptext="Say how bad it is", example="severity major", group="Record")
def severity(incident: Incident, user: Person, message: str) -> str:
    """Set the severity."""
    level = Severity.parse(message)
    actions.set_severity(incident, level, by=user)
    return f"{level.emoji} Severity is now {level.label}."


@incident_command(["duration"], helptext="How long it has been going on", example="duration", group="About")
def duration(incident: Incident) -> str:
    """Say how long it has lasted."""
    verb = "lasted" if incident.is_closed() else "has been running for"
    return f"⏱ The incident {verb} {incident.duration()}."


@incident_command(["close"], helptext="Close the incident", example="close", group="Life")
def close(incident: Incident, user: Person) -> str | None:
    """Close it, or say since when it is closed. The channel is told by the announcement of closing."""
    if actions.close(incident, by=user):
        return None
    ended = incident.end_time or clock.now()
    return f"This incident was closed already, at {ended:%Y-%m-%d %H:%M} UTC."
