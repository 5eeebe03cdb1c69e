"""Pages of a list, each beginning where another ended: what is added meanwhile moves nothing, and no page is slow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.http import QueryDict

PER_PAGE = 25
BETWEEN = "~"  # of the values of a cursor; none of them holds it


@dataclass(frozen=True)
class Column:
    """What rows are in order of. `read` makes a value of a cursor's text. Rows without a value come last."""

    name: str
    read: Callable[[str], Any]
    descends: bool = False
    may_be_unset: bool = False

    def order(self, *, backwards: bool) -> OrderBy:
        """Return it for `order_by`; as its index has it, nulls and all."""
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        options = nulls if self.may_be_unset else {}
        return F(self.name).desc(**options) if self.descends != backwards else F(self.name).asc(**options)

    def beyond(self, value: Any, *, backwards: bool) -> Q:
        """Return what is met by the rows that come after those with this value."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if backwards else NOTHING
        found = Q(**{f"{self.name}__{'lt' if self.descends != backwards else 'gt'}": value})
        return found | Q(**{self.name: None}) if self.may_be_unset and not backwards else found

    def not_before(self, value: Any, *, backwards: bool) -> Q:
        """Return what says nothing new, and lets PostgreSQL begin in the middle of an index."""
        if self.may_be_unset:
            return Q()
        return Q(**{f"{self.name}__{'lte' if self.descends != backwards else 'gte'}": value})


NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Order:
    """An order of rows, in which no two are alike."""

    label: str
    columns: Sequence[Column]

    def after(self, values: Sequence[Any], *, backwards: bool) -> Q:
        """Return what is met by the rows after one with these values."""
        found, alike = NOTHING, Q()
        for column, value in zip(self.columns, values, strict=True):
            found |= alike & column.beyond(value, backwards=backwards)
            alike &= Q(**{column.name: value})
        return self.columns[0].not_before(values[0], backwards=backwards) & found

    def cursor(self, row: Any) -> str:
        """Return where a row stands, for an address."""
        values = (getattr(row, column.name) for column in self.columns)
        return BETWEEN.join("" if value is None else str(value) for value in values)

    def values(self, cursor: str) -> list[Any] | None:
        """Return what a cursor says, or None for anything that is none."""
        texts = cursor.split(BETWEEN)
        try:
            return [
                None if column.may_be_unset and not text else column.read(text)
                for column, text in zip(self.columns, texts, strict=True)
            ]
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    """Some rows, and where those beside them are: queries for an address, or None."""

    rows: list[Any]
    earlier: str | None
    later: str | None


def page(rows: Any, order: Order, asked: QueryDict) -> Page:
    """Return the page that an address asks for, by `after` or `before`; the first when it asks for none."""
    backwards = "before" in asked
    values = order.values(asked.get("before") or asked.get("after") or "")
    if values is not None:
        rows = rows.filter(order.after(values, backwards=backwards))
    backwards = backwards and values is not None
    found = list(rows.order_by(*(column.order(backwards=backwards) for column in order.columns))[: PER_PAGE + 1])
    more, found = len(found) > PER_PAGE, found[:PER_PAGE]
    if backwards:
        found.reverse()
    has_earlier, has_later = (more, True) if backwards else (values is not None, more)
    return Page(
        found,
        beside(asked, "before", order.cursor(found[0])) if found and has_earlier else None,
        beside(asked, "after", order.cursor(found[-1])) if found and has_later else None,
    )


def beside(asked: QueryDict, side: str, cursor: str) -> str:
    """Return the query of the page beside this one."""
    query = asked.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    query[side] = cursor
    return query.urlencode()


def moment(text: str) -> datetime:
    """Return the time that a cursor holds. Raises ValueError for none, and for one without a zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def whole(text: str) -> int:
    """Return the number that a cursor holds. Raises ValueError for none, and for one that no column holds."""
    found = int(text)
    if not -(2**63) <= found < 2**63:
        raise ValueError(text)
    return found
