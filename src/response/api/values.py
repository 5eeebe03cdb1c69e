"""The kinds of values that requests hold, each with the sentence that refuses a wrong one."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from django.db.models import TextChoices
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from response.api.errors import Refused
from response.core import people
from response.core.models import Person
from response.core.severity import Severity

# Stands where a request says nothing: `model_fields_set` tells, so it is never read.
NOT_GIVEN: Any = None

LARGEST_ID = 2**63 - 1
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def given_in(request: BaseModel) -> dict[str, Any]:
    """Return what a request names, in the order in which its fields are declared."""
    return {name: getattr(request, name) for name in type(request).model_fields if name in request.model_fields_set}


def storable(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("text", "It holds a NUL character, which cannot be stored.")
    return text


def not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("text", "It says nothing.")
    return text


def possible(moment: datetime) -> datetime:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not EARLIEST <= moment < LATEST:
        raise PydanticCustomError("moment", "It is before 1970 or after 2199.")
    return moment.astimezone(UTC)


def zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise PydanticCustomError("moment", "Say in which time zone, such as 2026-01-31T14:00:00Z.")
    return moment


def labels(choices: type[TextChoices]) -> list[str]:
    """Return the names of a set of choices as the API spells them."""
    return [each.label.lower() for each in choices]


def choice(choices: type[TextChoices], name: str) -> Callable[[Any], Any]:
    """Return what reads one of the choices, by its name or as it is stored."""

    def read(given: Any) -> Any:
        for each in choices:
            if isinstance(given, str) and given.lower() in {each.label.lower(), each.value}:
                return each
        raise PydanticCustomError("choice", "{what} is one of {names}.", {"what": name, "names": known})

    known = ", ".join(labels(choices))
    return read


Text = Annotated[str, StringConstraints(max_length=100_000), AfterValidator(storable)]
Words = Annotated[Text, AfterValidator(not_blank)]
Report = Annotated[str, StringConstraints(max_length=3000), AfterValidator(storable), AfterValidator(not_blank)]
Search = Annotated[str, StringConstraints(max_length=200), AfterValidator(storable)]

Moment = Annotated[datetime, AfterValidator(zoned), AfterValidator(possible)]
# In a filter a day is enough, and one without a zone is meant in UTC.
Since = Annotated[datetime, AfterValidator(possible)]

Level = Annotated[
    Severity,
    BeforeValidator(choice(Severity, "Severity")),
    WithJsonSchema({"type": "string", "enum": labels(Severity)}),
]

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
PersonRef = Annotated[
    Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)] | Search,
    Field(description="Somebody's id here, their Slack id, or their e-mail address."),
]


def person_named(given: int | str, field: str) -> Person:
    """Return the person that a field names. Raises Refused when they are not known."""
    if isinstance(given, str) and given.isascii() and given.isdecimal():
        given = int(given[:20])
    found = Person.objects.filter(pk=given).first() if isinstance(given, int) else people.meant_by(given)
    if found is None:
        raise Refused(field, f"Nobody is known as {given}, or several are. /api/people lists everybody.")
    return found
