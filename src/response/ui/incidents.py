"""The incidents that pages show. Nothing on a page asks the record for one in any other way."""

from typing import Any, TypeVar

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from response.core import access
from response.core.models import Action, Incident, Person, TimelineEvent
from response.ui.visits import Visit

Row = TypeVar("Row", Action, TimelineEvent)


def visible(visit: Visit) -> QuerySet[Incident]:
    """Return the incidents that somebody may see."""
    return access.visible_incidents(visit.visitor)


def people(visit: Visit) -> QuerySet[Person]:
    """Return the people that somebody may see."""
    return access.visible_people(visit.visitor)


def found(visit: Visit, number: str | int) -> Incident:
    """Return the incident with this number, as its document shows it. Raises Http404."""
    return get_object_or_404(visible(visit).select_related("lead", "reporter", "commschannel", "pulse"), pk=int(number))


def version(visit: Visit, number: str | int) -> str:
    """Return what changes whenever the incident with this number does. Raises Http404."""
    versions = list(visible(visit).filter(pk=int(number)).values_list("pulse__version", flat=True))
    if not versions:
        raise Http404
    return str(versions[0] or "")


def action(visit: Visit, number: str, action_id: str) -> Action:
    """Return an action of an incident. Raises Http404."""
    incident = found(visit, number)
    return of_incident(incident, Action.objects.select_related("user").filter(pk=int(action_id)))


def entry(visit: Visit, number: str, entry_id: str) -> TimelineEvent:
    """Return an entry of an incident's activity log. Raises Http404."""
    incident = found(visit, number)
    return of_incident(incident, TimelineEvent.objects.select_related("author").filter(pk=int(entry_id)))


def of_incident(incident: Incident, rows: QuerySet[Row]) -> Row:
    row = rows.filter(incident=incident).first()
    if row is None:
        raise Http404
    row.incident = incident
    return row


def lines(incidents: QuerySet[Incident]) -> Any:
    """Return the incidents with what a line about one shows: its people, its last entry, and what is left to do."""
    last = TimelineEvent.objects.filter(incident=OuterRef("pk")).order_by("-timestamp", "-id")
    todo = Action.objects.filter(incident=OuterRef("pk"), done=False).order_by().values("incident")
    return incidents.select_related("lead", "reporter").annotate(
        updated_at=Subquery(last.values("timestamp")[:1]),
        todo=Subquery(todo.annotate(count=Count("pk")).values("count")),
    )
