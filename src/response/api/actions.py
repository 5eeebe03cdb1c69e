"""Actions over HTTP: what has to be done, whose it is, and whether it is done."""

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from response.api.auth import visitor, who
from response.api.paging import Order, Page, PageOf
from response.api.shapes import ActionShown
from response.api.values import NOT_GIVEN, Id, Moment, PersonRef, Words, choice, given_in, labels, person_named
from response.core import access, actions
from response.core.models import Action

router = Router(tags=["Actions"])

IN_ORDER = Order("created_date")
NOBODY = "none"

Priority = Annotated[
    Action.Priority,
    BeforeValidator(choice(Action.Priority, "Priority")),
    WithJsonSchema({"type": "string", "enum": labels(Action.Priority)}),
]
Type = Annotated[
    Action.Type,
    BeforeValidator(choice(Action.Type, "Type")),
    WithJsonSchema({"type": "string", "enum": labels(Action.Type)}),
]


class OfIncident(PageOf):
    """Which actions of an incident to list."""

    done: bool | None = None
    owner: PersonRef | None = Field(None, description="A person, or `none`.")

    def conditions(self) -> Q:
        """Return what all of them have to meet."""
        found = Q()
        if self.done is not None:
            found &= Q(done=self.done)
        if self.owner:
            found &= Q(user=None if self.owner == NOBODY else person_named(self.owner, "owner"))
        return found


class Wanted(OfIncident):
    """Which actions to list."""

    incident: Id | None = None

    def conditions(self) -> Q:
        """Return what all of them have to meet."""
        return super().conditions() & (Q(incident=self.incident) if self.incident else Q())


class NewAction(BaseModel):
    """Something to be done."""

    model_config = ConfigDict(extra="forbid")

    details: Words
    owner: PersonRef | None = Field(None, description="Nobody, unless somebody is named.")
    due_date: Moment | None = None
    priority: Priority | None = None
    type: Type | None = None


class ActionChange(BaseModel):
    """What to change; what is not named stays as it is. `null` takes a value away."""

    model_config = ConfigDict(extra="forbid")

    details: Words = NOT_GIVEN
    owner: PersonRef | None = NOT_GIVEN
    done: bool = NOT_GIVEN
    due_date: Moment | None = NOT_GIVEN
    priority: Priority | None = NOT_GIVEN
    type: Type | None = NOT_GIVEN


def values_of(given: BaseModel) -> dict[str, Any]:
    """Return the action's fields that a request sets."""
    values = given_in(given)
    if "owner" in values:
        owner = values.pop("owner")
        values["user"] = person_named(owner, "owner") if owner else None
    return values


def rows(request: HttpRequest) -> QuerySet[Action]:
    """Return the actions that may be seen with what is shown of them."""
    return access.visible_actions(visitor(request)).select_related("user", "created_by")


def found(request: HttpRequest, action_id: int) -> Action:
    return get_object_or_404(rows(request), pk=action_id)


@router.get("/actions", response=Page[ActionShown], summary="List the actions of all incidents, oldest first")
def list_actions(request: HttpRequest, wanted: Query[Wanted]) -> Page[ActionShown]:
    return IN_ORDER.page(rows(request).filter(wanted.conditions()), wanted, ActionShown.of)


@router.get("/incidents/{int:incident_id}/actions", response=Page[ActionShown], summary="List an incident's actions")
def list_incident_actions(
    request: HttpRequest,
    incident_id: int,
    wanted: Query[OfIncident],
) -> Page[ActionShown]:
    incident = get_object_or_404(access.visible_incidents(visitor(request)), pk=incident_id)
    return IN_ORDER.page(rows(request).filter(wanted.conditions(), incident=incident), wanted, ActionShown.of)


@router.post("/incidents/{int:incident_id}/actions", response={201: ActionShown}, summary="Note something to be done")
def add_action(request: HttpRequest, incident_id: int, given: NewAction) -> Status[ActionShown]:
    incident = get_object_or_404(access.visible_incidents(visitor(request)), pk=incident_id)
    values = values_of(given)
    action = actions.add_action(
        incident, values.pop("details"), by=who(request), owner=values.pop("user", None), **values
    )
    return Status(201, ActionShown.of(action))


@router.get("/actions/{int:action_id}", response=ActionShown, summary="Show an action")
def show_action(request: HttpRequest, action_id: int) -> ActionShown:
    return ActionShown.of(found(request, action_id))


@router.patch("/actions/{int:action_id}", response=ActionShown, summary="Change an action")
def change_action(request: HttpRequest, action_id: int, given: ActionChange) -> ActionShown:
    return ActionShown.of(actions.change_action(found(request, action_id), by=who(request), **values_of(given)))


@router.post("/actions/{int:action_id}/done", response=ActionShown, summary="Say that an action is done")
def finish_action(request: HttpRequest, action_id: int) -> ActionShown:
    """Saying it again changes nothing."""
    return ActionShown.of(actions.change_action(found(request, action_id), by=who(request), done=True))
