"""People over HTTP, to read: whom the other operations may name."""

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from pydantic import Field

from response.api.auth import visitor, who
from response.api.paging import Order, Page, PageOf
from response.api.shapes import PersonShown
from response.api.values import Search
from response.core import access

router = Router(tags=["People"])

BY_ID = Order()


class PeopleWanted(PageOf):
    """Which people to list."""

    text: Search | None = Field(None, description="What a name, an e-mail address or an id holds.")

    def conditions(self) -> Q:
        """Return what all of them have to meet."""
        fields = ("display_name", "full_name", "email", "external_id")
        return Q(*((f"{field}__icontains", self.text) for field in fields), _connector=Q.OR) if self.text else Q()


@router.get("", response=Page[PersonShown], summary="List everybody who is known")
def list_people(request: HttpRequest, wanted: Query[PeopleWanted]) -> Page[PersonShown]:
    return BY_ID.page(access.visible_people(visitor(request)).filter(wanted.conditions()), wanted, PersonShown.of)


@router.get("/me", response=PersonShown, summary="Show whom the token acts as")
def show_me(request: HttpRequest) -> PersonShown:
    return PersonShown.of(who(request))


@router.get("/{int:person_id}", response=PersonShown, summary="Show a person")
def show_person(request: HttpRequest, person_id: int) -> PersonShown:
    return PersonShown.of(get_object_or_404(access.visible_people(visitor(request)), pk=person_id))
