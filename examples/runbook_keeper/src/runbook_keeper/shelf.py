"""What can be done with runbooks, from wherever it is asked for."""

from django.db import transaction
from django.db.models import Q, QuerySet

from response.core import actions
from response.core.errors import UserError
from response.core.models import Incident, Person
from runbook_keeper.models import Attachment, Runbook


def find(words: str) -> list[Runbook]:
    """Return the runbook of this name, or else those whose name or phrases have these words in them."""
    named = list(Runbook.objects.filter(name__iexact=words))
    return named or list(Runbook.objects.filter(Q(name__icontains=words) | Q(phrases__icontains=words)))


def attached_to(incident: Incident) -> QuerySet[Runbook]:
    """Return the runbooks of an incident, in the order in which they were attached."""
    return Runbook.objects.filter(attachments__incident=incident).order_by("attachments__at")


@transaction.atomic
def add(name: str, *, by: Person, url: str = "", text: str = "") -> Runbook:
    """Put a runbook on the shelf. Raises UserError when there is one of that name."""
    there = Runbook.objects.filter(name__iexact=name).first()
    if there:
        raise UserError(f"There is a runbook of that name already: {there.link()}.")
    if len(name) > 100:
        raise UserError("The name of a runbook has at most 100 characters.")
    return Runbook.objects.create(name=name, url=url, text=text, added_by=by)


@transaction.atomic
def attach(runbook: Runbook, incident: Incident, *, by: Person) -> bool:
    """Say that an incident is handled by a runbook. False, and nothing changes, when that was said already."""
    _, is_new = Attachment.objects.get_or_create(incident=incident, runbook=runbook, defaults={"by": by})
    if is_new:
        actions.add_to_timeline(incident, f"Runbook attached: {runbook.link()}", by=by)
    return is_new
