"""Incidents, and what was proposed for them. Changes leave the trace they always leave."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from response.admin import filters
from response.admin.columns import OfIncident, document_of, line
from response.admin.rules import ReadOnly
from response.admin.traced import Traced, TracedForm, acting_for
from response.core import actions, severity
from response.core.models import Incident, Person, Proposal
from response.core.severity import Severity

PARTS = {
    "timelineevent": "Activity log",
    "action": "Actions",
    "userstats": "Participants",
    "delivery": "Deliveries",
    "reminder": "Reminders",
    "proposal": "Proposals",
}


class IncidentForm(TracedForm):
    """An incident's fields. A severity that is no longer known may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored, field = self.instance.severity, self.fields.get("severity")
        if field is not None and stored and stored not in Severity.values:
            field.choices = [*field.choices, (stored, f"{stored} (no longer known)")]  # type: ignore[attr-defined]
        if "start_time" in self.fields:
            self.fields["start_time"].required = self.instance.pk is not None


@admin.register(Incident)
class IncidentAdmin(Traced):
    """What is broken, and what was."""

    kept_because = "An incident is part of the record and is not deleted. Close it instead."
    form = IncidentForm
    list_display = ("number", "what", "how_bad", "status", "lead", "report_time", "lasted", "channel")
    list_display_links = ("number", "what")
    list_filter = (filters.Status, filters.HowBad)
    list_select_related = ("lead", "reporter", "commschannel")
    search_fields = ("=id", "report", "summary", "impact", "lead__full_name", "lead__display_name")
    search_help_text = "A number, or words of the report, the summary, the impact or the lead's name"
    date_hierarchy = "report_time"
    autocomplete_fields = ("lead", "reporter")
    actions = ("close",)
    known_at_once = ("report", "summary", "impact", "severity", "lead", "start_time")
    changed_later = ("reporter", "report_time", "end_time")
    only_shown = ("worst", "lasted", "channel", "parts")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002 - Django's
        """Return what is asked for a new incident, or all there is of one."""
        return (*self.known_at_once, *self.changed_later, *self.only_shown) if obj else self.known_at_once

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Return what follows from the rest."""
        return self.only_shown

    def write(self, row: Incident, given: dict[str, Any], *, by: Person, is_new: bool) -> None:
        """Open the incident, or change what was changed in the form."""
        if is_new:
            row.reporter, row.report = by, given["report"]
            row.summary, row.impact = given.get("summary") or None, given.get("impact") or None
            row.save(by=by)
        else:
            actions.edit(row, by=by, **given)

    def texts_of(self, row: Incident) -> list[str | None]:
        """Return the report."""
        return [row.report]

    def view_on_site(self, row: Incident) -> str | None:
        """Return the document."""
        return document_of(row)

    @admin.display(description="No.", ordering="pk")
    def number(self, row: Incident) -> int:
        """Return what people call it by."""
        return row.number

    @admin.display(description="Report", ordering="report")
    def what(self, row: Incident) -> str:
        """Return the report in a line."""
        return line(row, row.report)

    @admin.display(description="Severity", ordering="severity")
    def how_bad(self, row: Incident) -> str:
        """Return the severity with its sign; one that is no longer known as it is."""
        return f"{severity.emoji(row.severity)} {severity.label(row.severity)}".strip()

    @admin.display(description="Worst it ever was")
    def worst(self, row: Incident) -> str:
        """Return the worst severity it had."""
        return severity.label(row.max_severity)

    @admin.display(description="Status", ordering="end_time")
    def status(self, row: Incident) -> str:
        """Return whether it is still going on."""
        return row.status_text().capitalize()

    @admin.display(description="Lasted")
    def lasted(self, row: Incident) -> str:
        """Return how long it has lasted."""
        return row.duration()

    @admin.display(description="Channel")
    def channel(self, row: Incident) -> str:
        """Return the channel's name."""
        return str(row.comms_channel() or "")

    @admin.display(description="More of it")
    def parts(self, row: Incident) -> SafeString:
        """Return links to the lists of what belongs to it."""
        links = (
            (reverse(f"admin:response_{name}_changelist") + f"?incident__id__exact={row.pk}", label)
            for name, label in PARTS.items()
        )
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    @admin.action(description="Close the selected incidents", permissions=["change"])
    def close(self, request: HttpRequest, chosen: QuerySet[Incident]) -> None:
        """Close those that are open."""
        with acting_for(request) as by:
            closed = sum(actions.close(incident, by=by) for incident in chosen)
        self.message_user(request, f"Closed: {closed}. Closed before: {len(chosen) - closed}.", messages.SUCCESS)


@admin.register(Proposal)
class ProposalAdmin(OfIncident, ReadOnly):
    """Texts that wait for their author to be sure."""

    list_display = ("of", "field", "by", "made_at", "taken_at")
    list_filter = ("field", ("taken_at", admin.EmptyFieldListFilter))
    list_select_related = ("incident", "by")
    search_fields = ("=incident__id", "by__full_name", "by__display_name")
    search_help_text = "An incident's number, or its author's name"
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
