"""The button on the headline, and the form it opens: choose a runbook, or write one."""

from typing import Any

from response.core.models import Incident, Person
from response.plugins import (
    Button,
    Chat,
    Form,
    SelectInput,
    TextInput,
    dialog_handler,
    form_opener,
    headline_post_action,
)
from runbook_keeper import shelf
from runbook_keeper.commands import announce
from runbook_keeper.models import Runbook

FORM_BUTTON = "runbook-keeper-form"
FORM = "runbook-keeper-choose"
MOST_CHOICES = 100  # Slack shows no more


@headline_post_action(order=250)
def offer_runbook(incident: Incident) -> Button | None:
    """Offer the form until a runbook is attached."""
    return None if shelf.attached_to(incident).exists() else Button(":green_book: Runbook", FORM_BUTTON)


@form_opener(FORM_BUTTON)
def runbook_form(incident: Incident) -> Form:
    """Return the form. A menu without choices cannot be shown, so it comes with the first runbook."""
    choices = [(each.name, str(each.pk)) for each in Runbook.objects.all()[:MOST_CHOICES]]
    menu = [SelectInput("runbook", "Runbook", choices, hint="Or write a new one.", optional=True)] if choices else []
    return Form(
        FORM,
        f"Incident {incident.number}: runbook",
        [
            *menu,
            TextInput("name", "Name of a new one", optional=True, max_length=100),
            TextInput("url", "Its address", placeholder="https://", optional=True),
            TextInput("text", "Its steps", optional=True, multiline=True),
        ],
        submit="Attach",
    )


def check(submission: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong, while the form is open."""
    chosen, name, url = submission.get("runbook"), submission["name"].strip(), submission["url"].strip()
    if chosen and name:
        return {"name": "Choose a runbook or name a new one, and not both."}
    if not chosen and not name:
        return {"name": "Choose one, or name a new one."}
    if name and Runbook.objects.filter(name__iexact=name).exists():
        return {"name": "There is a runbook of this name. Choose it."}
    if url and not url.startswith(("https://", "http://")):
        return {"url": "An address begins with https:// or http://."}
    if name and not url and not submission["text"].strip():
        return {"url": "Give its address, or write its steps."}
    return {}


@dialog_handler(FORM, check=check)
def choose(incident: Incident, user: Person, submission: dict[str, Any], chat: Chat) -> str | None:
    """Attach what was chosen, or what was written."""
    if submission.get("runbook"):
        runbook = Runbook.objects.get(pk=submission["runbook"])
    else:
        name, url, text = (submission[field].strip() for field in ("name", "url", "text"))
        runbook = shelf.add(name, by=user, url=url, text=text)
    return announce(runbook, incident, by=user, chat=chat)
