"""Forms that change what is there, without overwriting what somebody else wrote meanwhile.

A form remembers what it was filled with. When that is no longer what there is, it is shown again with both, and who
wrote it chooses; nothing is overwritten silently.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from response.core import actions
from response.core.errors import UserError
from response.core.models import Incident, Person
from response.templatetags.rich_text import editable
from response.ui.fields import Level, Moment, PersonField, Words
from response.ui.forms import LONGEST_REPORT, NO_NOTE, NO_REPORT, FullActionForm, PageForm


class Editor(PageForm):
    """A form over some fields of a row."""

    columns: ClassVar[Mapping[str, str]] = {}
    """What a field is called in the row, where that differs."""

    edits: tuple[str, ...] = ()
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)

    def __init__(self, row: Any, data: QueryDict | None = None) -> None:
        self.row = row
        self.theirs: dict[str, Any] = {}
        stored = self.stored()
        super().__init__(data, initial={**stored, "was": json.dumps(marks(stored))})
        self.fields[self.edits[0]].widget.attrs["autofocus"] = True
        for name, value in stored.items():
            if isinstance(field := self.fields[name], PersonField):
                field.stored = value

    def stored(self) -> dict[str, Any]:
        """Return what the fields say in the record, as they are edited."""
        found = {name: getattr(self.row, self.columns.get(name, name)) for name in self.edits}
        return {name: editable(value) if isinstance(value, str) else value for name, value in found.items()}

    def clean_was(self) -> dict[str, str]:
        """Return the marks of what the form was filled with; of what there is now when they are not there."""
        return read_marks(self.cleaned_data["was"]) or marks(self.stored())

    def write(self, by: Person, values: dict[str, Any]) -> None:
        """Put the values in the record."""
        raise NotImplementedError

    def save(self, *, by: Person) -> bool:
        """Write what was changed in the form. False: look at the form again, it says why."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.row.refresh_from_db(from_queryset=type(self.row).objects.select_for_update(of=("self",)))
                mine = self.changed()
                if self.finds_others_in(mine):
                    return False
                self.write(by, {self.columns.get(name, name): self.cleaned_data[name] for name in mine})
        except UserError as error:
            self.add_error(None, str(error))
            return False
        return True

    def changed(self) -> list[str]:
        """Return the fields in which something else was written than they were filled with."""
        was, given = self.cleaned_data["was"], marks({name: self.cleaned_data[name] for name in self.edits})
        return [name for name in self.edits if given[name] != was.get(name)]

    def finds_others_in(self, mine: list[str]) -> bool:
        """Whether somebody else has changed one of these fields meanwhile, to something else. The form asks then."""
        was, stored = self.cleaned_data["was"], self.stored()
        now, given = marks(stored), marks({name: self.cleaned_data[name] for name in mine})
        self.theirs = {name: stored[name] for name in mine if now[name] not in {was.get(name), given[name]}}
        if self.theirs:
            marked = json.dumps({**was, **{name: now[name] for name in self.theirs}})
            self.data = {**{name: self.data.get(name) for name in self.data}, "was": marked}
        return bool(self.theirs)

    def conflicts(self) -> list[tuple[str, str]]:
        """Return the labels of the fields that somebody else has changed, and what those say now."""
        return [(str(self[name].label), in_words(self.fields[name], value)) for name, value in self.theirs.items()]

    def author(self) -> Person | None:
        """Return who wrote what is there now, when that is known."""
        return None


def marks(values: Mapping[str, Any]) -> dict[str, str]:
    """Return a short mark of each value: another value has another mark."""
    return {name: hashlib.sha256(plain(value).encode()).hexdigest()[:12] for name, value in values.items()}


def read_marks(given: str) -> dict[str, str]:
    """Return the marks that a form brought back; none when it brought something else."""
    try:
        found = json.loads(given)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def plain(value: Any) -> str:
    """Return a value as it comes back from a form that nobody touched."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0).isoformat()
    return f"#{value.pk}" if isinstance(value, Person) else str(value or "").replace("\r\n", "\n").strip()


def in_words(field: forms.Field, value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(field, forms.ChoiceField):
        choices = field.widget.choices
        return next((label for key, label in choices if key == (value or "")), str(value))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    return str(value or "")


class IncidentEditor(Editor):
    """A form over some fields of an incident."""

    def write(self, by: Person, values: dict[str, Any]) -> None:
        actions.edit(self.row, by=by, **values)

    def author(self) -> Person | None:
        """Return who wrote what is there now."""
        return actions.author_of(self.row, next(iter(self.theirs)))


class ReportEditor(IncidentEditor):
    title = "Change the report"
    edits = ("report",)
    prefix_of_ids = "edit_report"
    report = Words(label="Report", empty=NO_REPORT, max_length=LONGEST_REPORT)


class SummaryEditor(IncidentEditor):
    title = "Write the summary"
    edits = ("summary",)
    prefix_of_ids = "edit_summary"
    summary = Words(label="Summary", rows=8)


class ImpactEditor(IncidentEditor):
    title = "Say who is affected"
    edits = ("impact",)
    prefix_of_ids = "edit_impact"
    impact = Words(label="Impact", rows=5)


class LeadEditor(IncidentEditor):
    title = "Say who leads"
    edits = ("lead",)
    prefix_of_ids = "edit_lead"
    lead = PersonField(label="Lead")


class SeverityEditor(IncidentEditor):
    title = "Say how bad it is"
    edits = ("severity",)
    prefix_of_ids = "edit_severity"
    severity = Level(label="Severity")

    def __init__(self, row: Incident, data: QueryDict | None = None) -> None:
        super().__init__(row, data)
        if isinstance(level := self.fields["severity"], Level):
            level.keep(row.severity)


class TimesEditor(IncidentEditor):
    title = "Correct the times"
    prefix_of_ids = "edit_times"
    start_time = Moment(label="Started", may_be_later=False)
    end_time = Moment(label="Ended", may_be_later=False)

    def __init__(self, row: Incident, data: QueryDict | None = None) -> None:
        self.edits = ("start_time", "end_time") if row.is_closed() else ("start_time",)
        super().__init__(row, data)
        if not row.is_closed():
            del self.fields["end_time"]  # closing gives it one


class EntryEditor(Editor):
    title = "Change a note"
    edits = ("text", "timestamp")
    prefix_of_ids = "edit_entry"
    text = Words(label="What happened", rows=4, empty=NO_NOTE)
    timestamp = Moment(label="When", may_be_later=False)

    def write(self, by: Person, values: dict[str, Any]) -> None:
        actions.change_entry(self.row, by=by, **values)


class ActionEditor(Editor, FullActionForm):
    title = "Change an action"
    edits = ("details", "owner", "due_date", "priority", "type", "done")
    columns = {"owner": "user"}
    prefix_of_ids = "edit_action"

    def write(self, by: Person, values: dict[str, Any]) -> None:
        actions.change_action(
            self.row, by=by, **{name: None if value == "" else value for name, value in values.items()}
        )


EDITORS: dict[str, type[IncidentEditor]] = {
    "report": ReportEditor,
    "summary": SummaryEditor,
    "impact": ImpactEditor,
    "lead": LeadEditor,
    "severity": SeverityEditor,
    "times": TimesEditor,
}
