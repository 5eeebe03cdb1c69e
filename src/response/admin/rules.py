"""What the admin may do with a table: look into it. Nothing is deleted; changes are in `traced.py`."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from response.slack import html

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class Kept(ModelAdmin):
    """A table from which nothing is deleted."""

    kept_because = "It is part of the record and is not deleted."
    never_asked: tuple[str, ...] = ()
    """Fields that no address may filter by: what stands in them could be guessed piece by piece."""

    list_per_page = 50
    show_full_result_count = False
    save_as_continue = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's
        """Nobody may."""
        return False

    def delete_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Say why not."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        self.message_user(request, self.kept_because, messages.ERROR)
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether an address may filter by this."""
        return not lookup.startswith(self.never_asked) and super().lookup_allowed(lookup, value, request)

    def texts_of(self, row: Any) -> list[str | None]:
        """Return the texts that a line of the list shows."""
        incident = getattr(row, "incident", None)
        return [incident.report] if incident else []

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list, with the names that its texts mention looked up together."""
        try:
            shown = super().get_changelist_instance(request)
            rows = list(shown.result_list)
        except DataError as error:  # an address that asks for what PostgreSQL cannot even compare
            raise IncorrectLookupParameters from error
        names = html.lookup(text for row in rows for text in self.texts_of(row))
        for row in rows:
            row.names = names
        shown.result_list = rows
        return shown


class ReadOnly(Kept):
    """A table that is only looked into."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody may."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody may."""
        return False
