"""What lists are narrowed by, beyond what Django offers."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from response.core.severity import Severity

Choices = list[tuple[str, str]]


class Filter(SimpleListFilter):
    """A filter with a condition for each of its choices."""

    conditions: dict[str, tuple[str, Q]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # noqa: ARG002 - Django's
        """Return what can be chosen."""
        return [(value, label) for value, (label, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Return what meets the condition; all when none is chosen, or one that is not there."""
        _, condition = self.conditions.get(self.value() or "", ("", Q()))
        return queryset.filter(condition)


class Status(Filter):
    """Open or closed."""

    title, parameter_name = "status", "status"
    conditions = {"open": ("Live", Q(end_time=None)), "closed": ("Resolved", Q(end_time__isnull=False))}


class HowBad(Filter):
    """The severities, none, and those of another time."""

    title, parameter_name = "severity", "how_bad"
    conditions = {
        **{level.value: (str(level.label), Q(severity=level)) for level in Severity},
        "unset": ("Nobody has said", Q(severity=None)),
        "unknown": ("No longer known", ~Q(severity__in=Severity.values) & Q(severity__isnull=False)),
    }


class Failed(Filter):
    """With an error, or without."""

    title, parameter_name = "trouble", "trouble"
    conditions = {"yes": ("With an error", ~Q(error="")), "no": ("None", Q(error=""))}


class Outcome(Filter):
    """How a handler's turn went."""

    title, parameter_name = "outcome", "outcome"
    conditions = {
        "failed": ("Failed", ~Q(error="")),
        "well": ("Went well", Q(error="", done_at__isnull=False)),
        "waiting": ("Waiting", Q(error="", done_at=None)),
    }


class Taken(Filter):
    """What became of a request."""

    title, parameter_name = "state", "state"
    conditions = {
        "handled": ("Handled", Q(handled_at__isnull=False)),
        "waiting": ("Waiting, or answered at once", Q(handled_at=None, note="")),
        "left": ("Left alone", ~Q(note="")),
    }


class Reminding(Filter):
    """Reminders that go on, and those that were stopped."""

    title, parameter_name = "state", "state"
    conditions = {
        "on": ("Going on", Q(stopped_at=None, incident__end_time=None)),
        "stopped": ("Stopped", Q(stopped_at__isnull=False)),
        "over": ("Incident closed", Q(incident__end_time__isnull=False)),
    }


class Usable(Filter):
    """Tokens that open something, and those that were revoked."""

    title, parameter_name = "state", "state"
    conditions = {"usable": ("Usable", Q(revoked_at=None)), "revoked": ("Revoked", Q(revoked_at__isnull=False))}
