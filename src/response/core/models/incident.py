"""The incident. There is no way to change one without a trace."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction

from response.core import changes, clock, duration, severity, signals
from response.core.models.original import OriginalIncident, refuse_unkept
from response.core.models.person import Person
from response.core.severity import Severity

TRACKED = ("report", "reporter", "report_time", "start_time", "end_time", "summary", "impact", "lead", "severity")


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Changes in bulk are changes one by one: each leaves its trace."""

    def open(self) -> Self:
        """Return those that are not closed."""
        return self.filter(end_time=None)

    def update(self, **values: Any) -> int:
        """Set the values on each incident, with a trace. Returns how many there were."""
        with transaction.atomic():
            incidents = list(self.select_for_update(of=("self",)))
            for incident in incidents:
                for field, value in values.items():
                    setattr(incident, field, value)
                incident.save()
        return len(incidents)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable["Incident"], *_args: Any, **_kwargs: Any) -> list["Incident"]:
        """Open each incident, with a trace."""
        incidents = list(objs)
        with transaction.atomic():
            for incident in incidents:
                incident.save()
        return incidents

    def bulk_update(self, objs: Iterable["Incident"], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Save the fields of each incident, with a trace; one by one, whatever the `batch_size`."""
        del batch_size
        incidents, names = list(objs), list(fields)
        with transaction.atomic():
            for incident in incidents:
                incident.save(update_fields=names)
        return len(incidents)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: close an incident instead."""
        raise ValidationError("An incident is part of the record and is not deleted. Close it instead.")


class IncidentManager(models.Manager["Incident"]):
    def create_incident(
        self,
        report: str,
        reporter: Person | str,
        report_time: datetime | None = None,
        report_only: bool = False,
        private: bool = False,
        **fields: Any,
    ) -> "Incident":
        """Open an incident, as the original's plugins do. People may be given as ids."""
        refuse_unkept(report_only=report_only, private=private)
        people = {name: as_person(fields[name]) for name in ("lead",) if fields.get(name)}
        return self.create(
            report=report, reporter=as_person(reporter), report_time=report_time or clock.now(), **{**fields, **people}
        )


def as_person(who: Person | str) -> Person:
    """Return a person who may be given as their id."""
    return Person.objects.known_as(who) if isinstance(who, str) else who


class Incident(OriginalIncident, models.Model):
    """Something is broken. The texts are stored as they came; whoever shows them renders them."""

    report = models.TextField(help_text="What the reporter said, in a line.")
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reported")
    report_time = models.DateTimeField(default=clock.now)
    start_time = models.DateTimeField(help_text="When it began; the time of the report unless somebody knows better.")
    end_time = models.DateTimeField(null=True, blank=True, help_text="When it was closed; unset while it is open.")
    summary = models.TextField(null=True, blank=True)
    impact = models.TextField(null=True, blank=True)
    lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="led")
    severity = models.CharField(max_length=10, null=True, blank=True, choices=Severity)
    max_severity = models.CharField(
        max_length=10, null=True, blank=True, editable=False, help_text="The worst it ever was."
    )

    objects = IncidentManager.from_queryset(IncidentQuerySet)()

    SEVERITIES = Severity.choices

    class Meta:
        ordering = ["-report_time", "-id"]
        indexes = [
            models.Index(fields=["-report_time", "-id"], name="incident_newest_first"),
            models.Index(fields=["severity", "-report_time", "-id"], name="incident_worst_first"),
            models.Index(fields=["-report_time"], name="incident_open", condition=models.Q(end_time=None)),
        ]

    def __str__(self) -> str:
        return self.report

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        """Remember what was read, so that saving writes what its holder changed and nothing else."""
        incident = super().from_db(db, field_names, values, **kwargs)
        incident._read = dict(zip(field_names, values, strict=False))
        return incident

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read it again, and forget unsaved changes."""
        super().refresh_from_db(*args, **kwargs)
        self._remember()

    _read: dict[str, Any]

    def _remember(self) -> None:
        self._read = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}

    def _changed_here(self) -> list[str]:
        """Return the tracked fields that differ from what was read."""
        column = {name: self._meta.get_field(name).attname for name in TRACKED}  # type: ignore[union-attr]
        return [name for name in TRACKED if getattr(self, column[name]) != self._read.get(column[name])]

    def save(  # noqa: DJ012 - beside what it does
        self, *args: Any, by: Person | None = None, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        """Store the incident and write down what changed, by whom (`by`, or who is acting).

        Only what this object's holder changed is written: what somebody else changed meanwhile stays.
        """
        self.settle_times()
        with transaction.atomic(), changes.acting(by or changes.actor().person):
            if self._state.adding:
                self._open(*args, **kwargs)
            else:
                self._store_changes(set(update_fields) if update_fields is not None else None)

    def _open(self, *args: Any, **kwargs: Any) -> None:
        if self.start_time is None:
            self.start_time = self.report_time
        self.max_severity = severity.worse(self.severity, self.max_severity)
        super().save(*args, **kwargs)
        self._remember()
        who = changes.actor()
        self.events.create(
            timestamp=self.report_time,
            text=f"Incident reported: {self.report}",
            event_type="incident_update",
            metadata={"update_type": "incident_opened"},
            author=who.person or self.reporter,
            via=who.via,
        )
        signals.incident_opened.send(type(self), incident=self)

    def _store_changes(self, only: set[str] | None) -> None:
        stored = type(self).objects.select_for_update(of=("self",)).select_related("lead", "reporter").get(pk=self.pk)
        unsaved = self._changed_here()
        wanted = [name for name in unsaved if only is None or name in only]
        found = changes.between(stored, self, wanted)
        if found:
            self.max_severity = severity.worse(stored.max_severity, self.severity)
            super().save(update_fields=[*(change.field for change in found), "max_severity"])
        self._take_over(stored, mine=set(unsaved), saved=set(wanted))
        if found:
            self._write_down(found)

    def _take_over(self, stored: "Incident", *, mine: set[str], saved: set[str]) -> None:
        """See what others changed meanwhile, and keep what is changed here and not saved yet."""
        for name in set(TRACKED) - mine:
            setattr(self, name, getattr(stored, name))
        before = self._read
        self._remember()
        for name in mine - saved:
            column = self._meta.get_field(name).attname  # type: ignore[union-attr]
            self._read[column] = before.get(column)

    def _write_down(self, found: list[changes.Change]) -> None:
        who = changes.actor()
        events = [self._entry(change, who) for change in found]
        signals.incident_changed.send(type(self), incident=self, changes=found, events=events)
        for change in found:
            if change.field == "end_time" and change.old is None:
                signals.incident_closed.send(type(self), incident=self)
            if change.field == "end_time" and change.new is None:
                signals.incident_reopened.send(type(self), incident=self)

    def _entry(self, change: changes.Change, who: changes.Actor) -> Any:
        return self.events.create(
            text=change.sentence(),
            event_type="incident_update",
            metadata=change.metadata(),
            author=who.person,
            via=who.via,
            on_timeline=change.on_timeline,
        )

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: close it instead."""
        raise ValidationError("An incident is part of the record and is not deleted. Close it instead.")

    @property
    def number(self) -> int:
        """What people call it by."""
        return self.pk

    def is_closed(self) -> bool:
        """Whether somebody has closed it."""
        return self.end_time is not None

    def elapsed(self) -> timedelta:
        """Return how long it has lasted: until it was closed, or until now."""
        return (self.end_time or clock.now()) - self.start_time

    def duration(self) -> str:
        """Return how long it has lasted, in words."""
        return duration.spell(self.elapsed())

    def severity_text(self) -> str | None:
        """Return the severity's name in lower case, or None while it is unset."""
        return severity.label(self.severity).lower() or None

    def severity_emoji(self) -> str:
        """Return the severity's sign; a cloud while it is unset."""
        return severity.emoji(self.severity)

    def status_text(self) -> str:
        """Return "live" or "resolved"."""
        return "resolved" if self.is_closed() else "live"

    def status_emoji(self) -> str:
        """Return the sign of the status as Slack names it."""
        return ":droplet:" if self.is_closed() else ":fire:"

    def timeline_events(self) -> models.QuerySet[Any]:
        """Return the curated timeline, oldest first, with authors."""
        # Few people write many entries: each of them is read once, instead of once an entry.
        return self.events.filter(on_timeline=True).prefetch_related("author")
