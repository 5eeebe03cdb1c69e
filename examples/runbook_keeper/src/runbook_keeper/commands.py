"""`@incident runbook`: find, list, add; and the button that attaches what was found."""

from response.core.errors import UserError
from response.core.models import Incident, Person
from response.plugins import Button, Chat, Message, action_handler, incident_command, links_in, words_in
from runbook_keeper import shelf
from runbook_keeper.models import Runbook

ATTACH = "runbook-keeper-attach"
MOST_SHOWN = 20


@incident_command(
    ["runbook", "runbooks"],
    helptext="Find a runbook, or add one with its address; alone, list them",
    example="runbook payments",
    group="Runbooks",
)
def runbook(user: Person, message: str) -> Message:
    """Add the runbook when there is an address, find it when there are words, list all of them otherwise."""
    links, name = links_in(message), words_in(message)
    if links and not name:
        raise UserError("What is it called? Say `@incident runbook <name> <address>`.")
    if links:
        return offered("📗 Added: ", [shelf.add(name, by=user, url=links[0])])
    if not name:
        return listed()
    found = shelf.find(name)
    if not found:
        raise UserError(f"There is no runbook “{name}”. Add it: `@incident runbook {name} <address>`.")
    return offered("📗 ", found[:MOST_SHOWN])


def listed() -> Message:
    """Return the runbooks, to who asked alone."""
    every = [f"• {each.link()}" for each in Runbook.objects.all()]
    text = "\n".join(every) or "There are none yet. Add one: `@incident runbook <name> <address>`."
    return Message(text, is_private=True)


def offered(intro: str, runbooks: list[Runbook]) -> Message:
    """Return links to the runbooks, with a button for each that attaches it."""
    buttons = [Button(f"Attach {each.name}", ATTACH, str(each.pk)) for each in runbooks]
    return Message(intro + ", ".join(each.link() for each in runbooks), buttons)


@action_handler(ATTACH)
def attach(incident: Incident, user: Person, value: str, chat: Chat) -> str | None:
    """Attach the runbook of the button to the incident of the channel."""
    chosen = Runbook.objects.filter(pk=value).first() if value.isdigit() else None
    if chosen is None:
        raise UserError("That runbook is not there any more.")
    return announce(chosen, incident, by=user, chat=chat)


def announce(runbook: Runbook, incident: Incident, *, by: Person, chat: Chat) -> str | None:
    """Attach a runbook, and tell the channel; returns what to tell the person instead, when it was attached already."""
    if not shelf.attach(runbook, incident, by=by):
        return f"{runbook.link()} is attached to incident {incident.number} already."
    chat.post(incident, f"📗 {by.reference()} attached the runbook {runbook.link()}.")
    chat.refresh_headline(incident)
    return None
