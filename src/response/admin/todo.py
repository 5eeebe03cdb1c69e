"""What is to be done because of incidents. Changes leave the trace they always leave."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from response.admin.columns import OfIncident, line
from response.admin.traced import Traced, acting_for
from response.core import actions
from response.core.models import Action, Person


@admin.register(Action)
class ActionAdmin(OfIncident, Traced):
    """What is to be done."""

    kept_because = "An action is part of the record and is not deleted. Mark it as done instead."
    list_display = ("what", "of", "user", "done", "due_date", "priority", "type", "created_date")
    list_filter = ("done", "priority", "type", ("user", admin.EmptyFieldListFilter))
    list_select_related = ("incident", "user")
    search_fields = ("details", "=incident__id", "user__full_name", "user__display_name")
    search_help_text = "Words of what is to be done, an incident's number, or the owner's name"
    date_hierarchy = "created_date"
    ordering = ("done", "-created_date", "-pk")
    autocomplete_fields = ("incident", "user")
    actions = ("finish",)
    fields = ("incident", "details", "user", "due_date", "priority", "type", "done")
    only_shown = ("done_date", "created_by", "created_date")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Return what is asked, and of one that is there also what follows."""
        return (*self.fields, *self.only_shown) if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Return what stays: an action does not move to another incident."""
        return ("incident", *self.only_shown) if obj else self.only_shown

    def write(self, row: Action, given: dict[str, Any], *, by: Person, is_new: bool) -> None:
        """Note the action, or change what was changed in the form."""
        if is_new:
            row.created_by, row.details = by, given["details"]
            row.save()
        else:
            actions.change_action(row, by=by, **given)

    def texts_of(self, row: Action) -> list[str | None]:
        """Return what is to be done, and because of what."""
        return [row.details, *super().texts_of(row)]

    @admin.display(description="What is to be done", ordering="details")
    def what(self, row: Action) -> str:
        """Return it in a line."""
        return line(row, row.details)

    @admin.action(description="Mark the selected actions as done", permissions=["change"])
    def finish(self, request: HttpRequest, chosen: QuerySet[Action]) -> None:
        """Mark those that are not done as done."""
        open_ones = list(chosen.filter(done=False))
        with acting_for(request) as by:
            for action in open_ones:
                actions.change_action(action, by=by, done=True)
        self.message_user(request, f"Marked as done: {len(open_ones)}.", messages.SUCCESS)
