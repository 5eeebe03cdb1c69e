"""What is to be said to Slack, what was, and what Slack refused."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from response.admin import filters
from response.admin.columns import OfIncident, data
from response.admin.rules import ReadOnly
from response.slack.models import Delivery, Gate


@admin.register(Delivery)
class DeliveryAdmin(OfIncident, ReadOnly):
    """The outbox. What is said in it is on the detail page, and not in this list."""

    never_asked = ("payload",)
    list_display = ("number", "state", "kind", "of", "error", "advice", "attempts", "created_at", "sent_at")
    list_filter = ("state", filters.Failed, "kind")
    list_select_related = ("incident",)
    search_fields = ("=id", "=incident__id", "channel", "error")
    search_help_text = "A number, an incident's number, a channel, or what Slack answered"
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = (
        *("kind", "of", "channel", "lane", "state", "attempts", "error", "advice"),
        *("created_at", "slot_at", "sent_at", "what", "answered"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """Return them without what only the detail page shows."""
        found: QuerySet[Delivery] = super().get_queryset(request)
        return found.defer("payload", "answer")

    @admin.display(description="No.", ordering="pk")
    def number(self, row: Delivery) -> int:
        """Return what the log calls it."""
        return row.pk

    @admin.display(description="What is said")
    def what(self, row: Delivery) -> SafeString:
        """Return what is said, without the addresses that let one answer in somebody's place."""
        return data(row.payload)

    @admin.display(description="Slack's answer")
    def answered(self, row: Delivery) -> SafeString:
        """Return what was kept of it."""
        return data(row.answer)


@admin.register(Gate)
class GateAdmin(ReadOnly):
    """When a limited method, or a channel, may be used next."""

    list_display = ("name", "opens_at", "is_shut")
    search_fields = ("name",)
    ordering = ("-opens_at", "-pk")

    @admin.display(description="Shut now", boolean=True)
    def is_shut(self, row: Gate) -> Any:
        """Return whether it is still to open."""
        return row.opens_at > timezone.now()
