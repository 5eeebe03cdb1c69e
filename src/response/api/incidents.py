"""Incidents over HTTP."""

from typing import Any, Literal

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, ConfigDict, Field

from response.api.auth import visitor, who
from response.api.errors import Refused
from response.api.paging import Order, Page, PageOf
from response.api.shapes import IncidentShown
from response.api.values import NOT_GIVEN, Level, Moment, PersonRef, Report, Search, Since, Text, given_in, person_named
from response.core import access, actions
from response.core.models import Action, Incident

router = Router(tags=["Incidents"])

NEWEST_FIRST = Order("report_time", newest_first=True)
NOBODY = "none"


class IncidentsWanted(PageOf):
    """Which incidents to list."""

    status: Literal["open", "closed"] | None = None
    severity: Level | Literal["none"] | None = Field(None, description="`none`: those without one.")
    lead: PersonRef | None = Field(None, description="A person, or `none`.")
    reporter: PersonRef | None = Field(None, description="A person.")
    text: Search | None = Field(None, description="Words that the report, the summary or the impact holds.")
    since: Since | None = Field(None, description="Reported at this moment or later.")
    until: Since | None = Field(None, description="Reported before this moment.")

    def conditions(self) -> Q:
        """Return what all of them have to meet."""
        found = Q()
        if self.status:
            found &= Q(end_time__isnull=self.status == "open")
        if self.severity:
            found &= Q(severity=None if self.severity == NOBODY else self.severity)
        if self.lead:
            found &= Q(lead=None if self.lead == NOBODY else person_named(self.lead, "lead"))
        if self.reporter:
            found &= Q(reporter=person_named(self.reporter, "reporter"))
        if self.text:
            found &= Q(report__icontains=self.text) | Q(summary__icontains=self.text) | Q(impact__icontains=self.text)
        if self.since:
            found &= Q(report_time__gte=self.since)
        if self.until:
            found &= Q(report_time__lt=self.until)
        return found


class NewIncident(BaseModel):
    """What is broken."""

    model_config = ConfigDict(extra="forbid")

    report: Report = Field(description="What is broken, in a line.")
    summary: Text | None = None
    impact: Text | None = None
    severity: Level | None = None
    lead: PersonRef | None = None


class IncidentChange(BaseModel):
    """What to change; what is not named stays as it is. `null` takes a value away."""

    model_config = ConfigDict(extra="forbid")

    report: Report = NOT_GIVEN
    summary: Text | None = NOT_GIVEN
    impact: Text | None = NOT_GIVEN
    severity: Level | None = NOT_GIVEN
    lead: PersonRef | None = NOT_GIVEN
    start_time: Moment = NOT_GIVEN
    end_time: Moment = Field(NOT_GIVEN, description="Of a closed incident: when it really ended.")

    def values_given(self) -> dict[str, Any]:
        """Return what is to be changed, with people as persons."""
        given = given_in(self)
        if given.get("lead"):
            given["lead"] = person_named(given["lead"], "lead")
        return given


def rows(request: HttpRequest) -> QuerySet[Incident]:
    """Return the incidents that may be seen with what is shown of them, in two queries whatever their number."""
    todo = Prefetch("actions", Action.objects.select_related("user", "created_by"))
    visible = access.visible_incidents(visitor(request))
    return visible.select_related("reporter", "lead", "commschannel").prefetch_related(todo)


def found(request: HttpRequest, incident_id: int) -> Incident:
    return get_object_or_404(rows(request), pk=incident_id)


@router.get("", response=Page[IncidentShown], summary="List incidents, newest first")
def list_incidents(request: HttpRequest, wanted: Query[IncidentsWanted]) -> Page[IncidentShown]:
    return NEWEST_FIRST.page(rows(request).filter(wanted.conditions()), wanted, IncidentShown.of)


@router.post("", response={201: IncidentShown}, summary="Declare an incident")
def declare_incident(request: HttpRequest, given: NewIncident) -> Status[IncidentShown]:
    """The headline is posted in Slack, as if it had been declared there. Nobody leads unless somebody is named."""
    lead = person_named(given.lead, "lead") if given.lead else None
    incident = actions.declare(
        given.report, by=who(request), summary=given.summary, impact=given.impact, lead=lead, severity=given.severity
    )
    return Status(201, IncidentShown.of(found(request, incident.pk)))


@router.get("/{int:incident_id}", response=IncidentShown, summary="Show an incident")
def show_incident(request: HttpRequest, incident_id: int) -> IncidentShown:
    return IncidentShown.of(found(request, incident_id))


@router.patch("/{int:incident_id}", response=IncidentShown, summary="Change an incident")
def change_incident(request: HttpRequest, incident_id: int, given: IncidentChange) -> IncidentShown:
    """Each change is an entry of the activity log, and Slack is told."""
    incident = found(request, incident_id)
    with transaction.atomic():
        actions.latest(incident)
        values = given.values_given()
        check_times(incident, **values)
        actions.edit(incident, by=who(request), **values)
    return IncidentShown.of(found(request, incident_id))


def check_times(incident: Incident, **values: Any) -> None:
    """Raise Refused when the incident would end before it began, or be closed by the way."""
    if "end_time" in values and not incident.is_closed():
        raise Refused("end_time", "The incident is open. Close it first.")
    start, end = values.get("start_time", incident.start_time), values.get("end_time", incident.end_time)
    if end and end < start:
        raise Refused("end_time" if "end_time" in values else "start_time", "It would end before it began.")


@router.post("/{int:incident_id}/close", response=IncidentShown, summary="Close an incident")
def close_incident(request: HttpRequest, incident_id: int) -> IncidentShown:
    """Closing a closed one changes nothing."""
    actions.close(found(request, incident_id), by=who(request))
    return IncidentShown.of(found(request, incident_id))


@router.post("/{int:incident_id}/reopen", response=IncidentShown, summary="Open a closed incident again")
def reopen_incident(request: HttpRequest, incident_id: int) -> IncidentShown:
    """Opening an open one changes nothing."""
    actions.reopen(found(request, incident_id), by=who(request))
    return IncidentShown.of(found(request, incident_id))
