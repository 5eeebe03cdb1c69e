"""The timeline over HTTP, in its two layers: everything that happened, and what people chose."""

from typing import Literal

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, ConfigDict, Field

from response.api.auth import visitor, who
from response.api.paging import Order, Page, PageOf
from response.api.shapes import EntryShown
from response.api.values import NOT_GIVEN, Moment, Words, given_in
from response.core import access, actions
from response.core.models import TimelineEvent

router = Router(tags=["Timeline"])

AS_IT_HAPPENED = Order("timestamp")


class EntriesWanted(PageOf):
    """Which entries to list."""

    show: Literal["timeline", "everything"] = Field(
        "timeline", description="The curated timeline, or the whole activity log."
    )


class NewEntry(BaseModel):
    """A note of something that happened."""

    model_config = ConfigDict(extra="forbid")

    text: Words = Field(description="What happened. Slack's mrkdwn is understood.")
    timestamp: Moment | None = Field(None, description="When it happened; now unless said.")


class EntryChange(BaseModel):
    """What to change; what is not named stays as it is. Only notes can be rewritten."""

    model_config = ConfigDict(extra="forbid")

    text: Words = NOT_GIVEN
    timestamp: Moment = NOT_GIVEN
    on_timeline: bool = Field(NOT_GIVEN, description="Whether it is on the curated timeline. The log keeps it always.")


def rows(request: HttpRequest, incident_id: int) -> QuerySet[TimelineEvent]:
    """Return an incident's entries with what is shown of them."""
    return access.visible_entries(visitor(request)).filter(incident_id=incident_id).select_related("author")


@router.get(
    "/{int:incident_id}/timeline", response=Page[EntryShown], summary="List an incident's entries, as it happened"
)
def list_entries(request: HttpRequest, incident_id: int, wanted: Query[EntriesWanted]) -> Page[EntryShown]:
    get_object_or_404(access.visible_incidents(visitor(request)), pk=incident_id)
    entries = rows(request, incident_id)
    chosen = entries.filter(on_timeline=True) if wanted.show == "timeline" else entries
    return AS_IT_HAPPENED.page(chosen, wanted, EntryShown.of)


@router.post("/{int:incident_id}/timeline", response={201: EntryShown}, summary="Write on the timeline")
def add_entry(request: HttpRequest, incident_id: int, given: NewEntry) -> Status[EntryShown]:
    incident = get_object_or_404(access.visible_incidents(visitor(request)), pk=incident_id)
    event = actions.add_to_timeline(incident, given.text, by=who(request), at=given.timestamp)
    return Status(201, EntryShown.of(event))


@router.patch("/{int:incident_id}/timeline/{int:entry_id}", response=EntryShown, summary="Change an entry")
def change_entry(request: HttpRequest, incident_id: int, entry_id: int, given: EntryChange) -> EntryShown:
    """What it said, and who changed it, is kept in the activity log."""
    event = get_object_or_404(rows(request, incident_id), pk=entry_id)
    values = given_in(given)
    with transaction.atomic():
        if "on_timeline" in values:
            actions.show_entry(event, values.pop("on_timeline"), by=who(request))
        if values:
            actions.change_entry(event, by=who(request), **values)
    return EntryShown.of(event)
