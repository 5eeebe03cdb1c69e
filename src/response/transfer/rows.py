"""A row as JSON, and back."""

import base64
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import models

from response.transfer.tables import columns, label, links


class Unreadable(Exception):
    """A file cannot be read in. The message says where, and what is wrong."""


def written(row: models.Model) -> dict[str, Any]:
    """Return a row as it stands in a file."""
    fields = {field.attname: as_json(field.value_from_object(row)) for field in columns(type(row))}
    many = {field.name: names_of(row, field) for field in links(type(row))}
    return {"table": label(type(row)), "id": as_json(row.pk), "fields": fields | many}


def as_json(value: Any) -> Any:
    """Return a value of a field as JSON has it: moments in UTC and to the microsecond, bytes in base64."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def names_of(row: models.Model, field: "models.ManyToManyField[Any, Any]") -> list[Any]:
    """Return what a row is linked with: ids, or for permissions their names, as their ids differ everywhere."""
    linked = getattr(row, field.name)
    if field.related_model is Permission:
        found = linked.values_list("content_type__app_label", "codename")
        return sorted(f"{app}.{codename}" for app, codename in found)
    return sorted(linked.values_list("pk", flat=True))


def read(model: type[models.Model], row: dict[str, Any]) -> tuple[models.Model, dict[str, list[Any]]]:
    """Return the object of a row, not stored yet, and what it is linked with. Raises Unreadable."""
    fields = dict(row["fields"])
    values: dict[str, Any] = {"pk": row["id"]}
    for field in columns(model):
        if field.attname in fields:
            values[field.attname] = value_of(field, fields.pop(field.attname))
    many = {field.name: fields.pop(field.name, []) for field in links(model)}
    if fields:
        raise Unreadable(f"{label(model)} has no {', '.join(sorted(fields))} here: the file is of a newer version")
    return model(**values), many


def value_of(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return a value as the field has it."""
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    try:
        return target.to_python(value)
    except (ValidationError, ValueError, TypeError) as error:
        raise Unreadable(f"{field.attname} cannot be {value!r:.60}") from error
