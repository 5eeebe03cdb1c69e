"""Pages of rows, each beginning where the one before ended: what is added meanwhile moves nothing."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from pydantic import BaseModel, Field, StringConstraints

from response.api.errors import Refused
from response.api.values import LARGEST_ID

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item", bound=BaseModel)

AT_ONCE, AT_MOST = 50, 200

Limit = Annotated[int, Field(ge=1, le=AT_MOST, description="How many at most.")]
CursorText = Annotated[
    str, StringConstraints(max_length=200), Field(description="The `next` of the page before this one.")
]


class PageOf(BaseModel):
    """Which page is wanted."""

    limit: Limit = AT_ONCE
    cursor: CursorText | None = None


class Page(BaseModel, Generic[Item]):
    """Some of the rows, and the `cursor` that asks for the following ones: null on the last page."""

    items: list[Item]
    next: str | None


@dataclass(frozen=True)
class Order:
    """What rows are in order of: a moment, and their ids among those of one moment; ids alone without one."""

    moment: str = ""
    newest_first: bool = False

    def page(self, rows: QuerySet[Row], wanted: PageOf, show: Callable[[Row], Item]) -> "Page[Item]":
        """Return a page of the rows, in one query and what their prefetching takes."""
        sign = "-" if self.newest_first else ""
        ordered = self.after(rows, wanted.cursor).order_by(*(f"{sign}{name}" for name in (self.moment, "pk") if name))
        found = list(ordered[: wanted.limit + 1])
        more, found = len(found) > wanted.limit, found[: wanted.limit]
        return Page(items=[show(row) for row in found], next=self.cursor(found[-1]) if more else None)

    def cursor(self, row: Model) -> str:
        """Return what says where this row stands."""
        at = getattr(row, self.moment).isoformat() if self.moment else ""
        return urlsafe_b64encode(f"{at} {row.pk}".encode()).decode()

    def after(self, rows: QuerySet[Row], cursor: str | None) -> QuerySet[Row]:
        """Return the rows that come after the one a cursor stands for."""
        if cursor is None:
            return rows
        side = "lt" if self.newest_first else "gt"
        at, pk = read(cursor)
        after = Q(**{f"pk__{side}": pk})
        if not self.moment:
            return rows.filter(after)
        if at is None:
            raise NO_CURSOR
        # The first condition says nothing new; it lets PostgreSQL begin in the middle of the index.
        return rows.filter(Q(**{f"{self.moment}__{side}e": at}), Q(**{f"{self.moment}__{side}": at}) | after)


NO_CURSOR = Refused("cursor", "This is the `next` of no page.")


def read(cursor: str) -> tuple[datetime | None, int]:
    """Return what a cursor says. Raises Refused for anything that is none."""
    try:
        moment, pk = urlsafe_b64decode(cursor.encode("ascii")).decode("ascii").split(" ")
        at, row = datetime.fromisoformat(moment) if moment else None, int(pk)
    except ValueError as error:
        raise NO_CURSOR from error
    if (at and at.tzinfo is None) or not 0 < row <= LARGEST_ID:
        raise NO_CURSOR
    return at, row
