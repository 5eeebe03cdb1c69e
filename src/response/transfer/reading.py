"""`response import`: what `response export` wrote, into a database without a record."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.contrib.auth.models import Permission, User
from django.core.exceptions import FieldDoesNotExist
from django.core.management.color import no_style
from django.db import Error, connection, models, transaction

from response.core.models import Incident, Person
from response.transfer.rows import Unreadable, read
from response.transfer.tables import Model, kept, label, rows
from response.transfer.writing import AT_ONCE, FORMAT, VERSION

Line = tuple[int, dict[str, Any]]
NOT_EMPTY = (
    "This database has {what} already. What is imported keeps its numbers, so it goes into an empty database: "
    "make a new one, run `response migrate`, and import there."
)


@transaction.atomic
def read_in(stream: Iterable[str]) -> dict[str, int]:
    """Store every row, or none. Returns how many there are of each table. Raises Unreadable."""
    require_empty()
    found = lines(stream)
    head = header(next(found, (1, {})))
    models_by_label = {label(model): model for model in kept()}
    for model in models_by_label.values():
        if not is_guarded(model):  # what migrations put there, such as groups
            rows(model).delete()
    counts = dict.fromkeys(head, 0)
    for name, group in groupby(body(found, sum(head.values())), key=lambda line: str(line[1].get("table"))):
        if name not in models_by_label:
            raise Unreadable(f"There is no table {name} here: the file is of a newer version, or a plugin is missing.")
        counts[name] = counts.get(name, 0) + store(models_by_label[name], group)
    if counts != head:
        wrong = next(name for name in counts if counts[name] != head.get(name))
        raise Unreadable(f"The file promises {head.get(wrong, 0)} rows of {wrong}, and has {counts[wrong]}.")
    settle(models_by_label.values())
    return counts


def require_empty() -> None:
    """Raise Unreadable when there is a record already."""
    for model, what in ((Incident, "incidents"), (Person, "people"), (User, "accounts")):
        if models.QuerySet(model).exists():
            raise Unreadable(NOT_EMPTY.format(what=what))


def is_guarded(model: Model) -> bool:
    """Whether a table is known to be empty; incidents are not deleted, not even none."""
    return model in (Incident, Person, User)


def lines(stream: Iterable[str]) -> Iterator[Line]:
    """Return each line with its number."""
    for number, text in enumerate(stream, 1):
        try:
            line = json.loads(text)
        except ValueError as error:
            raise Unreadable(f"Line {number} is no JSON: the file is damaged.") from error
        if not isinstance(line, dict):
            raise Unreadable(f"Line {number} is not what an export has there.")
        yield number, line


def header(line: Line) -> dict[str, int]:
    """Return how many rows the file promises of each table."""
    head = line[1]
    if head.get("format") != FORMAT:
        raise Unreadable("This is no file of `response export`.")
    if head.get("version") != VERSION:
        raise Unreadable(f"The file has version {head.get('version')}, and this Response reads {VERSION}. Upgrade it.")
    return {str(name): int(count) for name, count in head["tables"].items() if count}


def body(found: Iterator[Line], promised: int) -> Iterator[Line]:
    """Return the rows up to the end, which has to be there."""
    for number, line in found:
        if line.get("end"):
            return
        if not {"table", "id", "fields"} <= line.keys() or not isinstance(line["fields"], dict):
            raise Unreadable(f"Line {number} is not what an export has there.")
        yield number, line
    raise Unreadable(f"The file was cut off: its end is missing, of {promised} rows in all.")


def store(model: Model, group: Iterable[Line]) -> int:
    """Store rows of one table past every manager, so that nothing is announced or written down."""
    objects, linked, count = [], [], 0
    for number, line in group:
        try:
            one, many = read(model, line)
        except (Unreadable, FieldDoesNotExist) as error:
            raise Unreadable(f"Line {number}: {error}.") from error
        objects.append(one)
        linked += [(one.pk, name, values) for name, values in many.items() if values]
        count += 1
        if len(objects) == AT_ONCE:
            insert(model, objects)
            objects = []
    insert(model, objects)
    for pk, name, values in linked:
        link(models.QuerySet(model).get(pk=pk), name, values)
    return count


def insert(model: Model, objects: list[models.Model]) -> None:
    try:
        plain: models.QuerySet[Any] = models.QuerySet(model)
        plain.bulk_create(objects)
    except Error as error:
        raise Unreadable(f"{label(model)}: {first_line(error)}") from error


def link(row: models.Model, name: str, values: list[Any]) -> None:
    """Link a row with others; permissions go by their names."""
    field = row._meta.get_field(name)
    if field.related_model is Permission:
        wanted = [str(value).partition(".") for value in values]
        values = [
            permission.pk
            for app, _, codename in wanted
            for permission in Permission.objects.filter(content_type__app_label=app, codename=codename)
        ]
    getattr(row, name).set(values)


def settle(stored: Iterable[Model]) -> None:
    """Check what refers to what, and have new rows numbered after those that came in."""
    try:
        connection.check_constraints()
    except Error as error:
        raise Unreadable(f"Something refers to a row that is not in the file: {first_line(error)}") from error
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(stored)):
            cursor.execute(statement)


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["it does not say why"])[0]
