"""What happened and when. Notes can be rewritten, with a trace; a change and a pinned message are what they are."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from response.admin.columns import OfIncident, data, line
from response.admin.traced import Traced
from response.core import actions
from response.core.models import Person, TimelineEvent


@admin.register(TimelineEvent)
class TimelineEventAdmin(OfIncident, Traced):
    """The activity log of every incident."""

    kept_because = "An entry is part of the record and is not deleted. Take it off the timeline instead."
    list_display = ("timestamp", "of", "event_type", "what", "author", "via", "on_timeline")
    list_filter = ("event_type", "on_timeline", "via")
    list_select_related = ("incident", "author")
    search_fields = ("text", "=incident__id", "author__full_name", "author__display_name")
    search_help_text = "Words of the entry, an incident's number, or the author's name"
    date_hierarchy = "timestamp"
    ordering = ("-timestamp", "-pk")
    autocomplete_fields = ("incident",)
    written = ("incident", "text", "timestamp")
    only_shown = ("event_type", "author", "via", "about", "created_at")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002 - Django's
        """Return what a note says; of one that is there also where it stands and where it came from."""
        return (*self.written, "on_timeline", *self.only_shown) if obj else self.written

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Return what stays as it was written down."""
        return ("incident", *self.only_shown) if obj else self.only_shown

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether it can be rewritten: only a note can."""
        is_note = obj is None or obj.event_type == TimelineEvent.Kind.TEXT
        return is_note and super().has_change_permission(request, obj)

    def write(self, row: TimelineEvent, given: dict[str, Any], *, by: Person, is_new: bool) -> None:
        """Write the note, or rewrite what was changed in the form."""
        if is_new:
            note = actions.add_to_timeline(row.incident, given["text"], by=by, at=row.timestamp)
            row.pk = note.pk
            row.refresh_from_db()
            return
        shown = given.pop("on_timeline", None)
        if given:
            actions.change_entry(row, by=by, **given)
        if shown is not None:
            actions.show_entry(row, shown, by=by)

    def texts_of(self, row: TimelineEvent) -> list[str | None]:
        """Return what it says, and of what."""
        return [row.text, *super().texts_of(row)]

    @admin.display(description="Entry")
    def what(self, row: TimelineEvent) -> str:
        """Return what it says, in a line."""
        return line(row, row.text)

    @admin.display(description="Data")
    def about(self, row: TimelineEvent) -> SafeString:
        """Return what came with it."""
        return data(row.metadata)
