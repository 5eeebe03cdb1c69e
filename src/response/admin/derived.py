"""What is derived from the record, or counted: by the database and by the processes, and by nobody here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from response.admin.columns import OfIncident
from response.admin.rules import ReadOnly
from response.core.models import Pulse
from response.operations.models import Tally
from response.search.models import SearchDocument


@admin.register(Pulse)
class PulseAdmin(OfIncident, ReadOnly):
    """When each incident last changed, as the numbers of transactions."""

    list_display = ("__str__", "of", "is_searchable")
    list_filter = ("is_searchable",)
    list_select_related = ("incident",)
    search_fields = ("=incident__id",)
    search_help_text = "An incident's number"
    ordering = ("-version",)


@admin.register(SearchDocument)
class SearchDocumentAdmin(OfIncident, ReadOnly):
    """What the search knows; the words themselves are PostgreSQL's."""

    list_display = ("__str__", "of")
    list_select_related = ("incident",)
    fields = ("incident",)
    search_fields = ("=incident__id",)
    search_help_text = "An incident's number"
    ordering = ("-incident",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchDocument]:
        """Return them without the words, which may be many."""
        found: QuerySet[SearchDocument] = super().get_queryset(request)
        return found.defer("words")


@admin.register(Tally)
class TallyAdmin(ReadOnly):
    """What `/metrics` shows of all processes together."""

    list_display = ("sample", "labels", "value")
    search_fields = ("sample", "labels")
    search_help_text = "A metric's name, or the value of a label"
    ordering = ("sample", "labels")
