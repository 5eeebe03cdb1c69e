"""Commands that change what the record says."""

from datetime import datetime

from response.core import actions
from response.core.errors import UserError
from response.core.models import Incident, Person
from response.core.severity import Severity
from response.plugins import Button, Message, action_handler, incident_command

TAKE_OVER = "take-over-proposal"

Reply = str | Message


@incident_command(["summary"], helptext="Say what is going on", example="summary The queue is full", group="Record")
def summary(incident: Incident, user: Person, message: str) -> Reply:
    """Set the summary, or show it when nothing is given."""
    return say(incident, "summary", message, by=user)


@incident_command(["impact"], helptext="Say who and what is affected", example="impact No payments", group="Record")
def impact(incident: Incident, user: Person, message: str) -> Reply:
    """Set the impact, or show it when nothing is given."""
    return say(incident, "impact", message, by=user)


def say(incident: Incident, field: str, text: str, *, by: Person) -> Reply:
    """Set a text, show it, or ask before somebody else's words are replaced."""
    now: str | None = getattr(incident, field)
    if not text:
        return f"The {field} is: {now}" if now else f"There is no {field} yet. Say `@incident {field} …`."
    author = actions.author_of(incident, field) if now else None
    if now and now != text and author is not None and author != by:
        return ask_first(incident, field, now, text, author=author, by=by)
    actions.edit(incident, by=by, **{field: text})
    return f"The {field} is now: {text}"


def ask_first(incident: Incident, field: str, now: str, text: str, *, author: Person, by: Person) -> Message:
    """Show both texts to who wants to replace one, with the button that does."""
    proposal = actions.propose(incident, field, text, by=by)
    shown = f"{author.reference()} wrote this {field}:\n> {now}\nYours would replace it:\n> {text}"
    return Message(shown, [Button(f"Replace the {field}", TAKE_OVER, str(proposal.pk), "primary")], is_private=True)


@action_handler(TAKE_OVER)
def take_over(user: Person, value: str) -> str:
    """Replace the text. A second press changes nothing."""
    proposal = actions.take_over(int(value), by=user) if value.isdigit() else None
    if proposal is None:
        return "That is done already."
    return f"The {proposal.field} is replaced."


@incident_command(["severity", "sev"], helptext="Say how bad it is", example="severity major", group="Record")
def severity(incident: Incident, user: Person, message: str) -> str:
    """Set the severity."""
    level = Severity.parse(message)
    actions.set_severity(incident, level, by=user)
    return f"{level.emoji} Severity is now {level.label}."


@incident_command(
    ["timeline"], helptext="Write on the timeline", example="timeline We rolled back at 14:30", group="Record"
)
def timeline(incident: Incident, user: Person, message: str, said_at: datetime) -> str:
    """Write an entry at the moment when it was said, however late it reaches us."""
    if not message:
        raise UserError("What happened? Say `@incident timeline <what happened>`, or pin a message.")
    actions.add_to_timeline(incident, message, by=user, at=said_at)
    return f"On the timeline: {message}"
