"""What Slack sent, and the turns of the handlers that wanted it. What people said is for superusers alone."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.safestring import SafeString

from response.admin import filters
from response.admin.columns import OfIncident, data
from response.admin.rules import ReadOnly
from response.slack.models import Handling, Heard, HookCall, InboundRequest

WHAT = Coalesce(KT("payload__event__type"), KT("payload__command"), KT("payload__type"))


@admin.register(InboundRequest)
class InboundRequestAdmin(ReadOnly):
    """The inbox, without what people said."""

    never_asked = ("payload",)
    list_display = ("received_at", "kind", "what", "lane", "handled_at", "note", "key")
    list_filter = (filters.Taken, "kind")
    search_fields = ("key", "lane")
    search_help_text = "A request's key, or a channel's id"
    date_hierarchy = "received_at"
    ordering = ("-received_at", "-pk")
    envelope = ("kind", "key", "lane", "received_at", "handled_at", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboundRequest]:
        """Return them with what kind of thing each is, read from the payload that stays where it is."""
        found: QuerySet[InboundRequest] = super().get_queryset(request)
        return found.defer("payload").annotate(what=WHAT)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002 - Django's
        """Return the envelope, and for a superuser what is in it."""
        return (*self.envelope, "contents") if getattr(request.user, "is_superuser", False) else self.envelope

    @admin.display(description="What", empty_value="")
    def what(self, row: Any) -> str:
        """Return the event's type, the command, or the kind of interaction."""
        return str(row.what or "")

    @admin.display(description="Contents")
    def contents(self, row: InboundRequest) -> SafeString:
        """Return what Slack sent, without what lets one act in somebody's place."""
        return data(row.payload)


@admin.register(Handling)
class HandlingAdmin(ReadOnly):
    """Each handler's turn, with the reference that the person was told when it failed."""

    list_display = ("handler", "detail", "asked_at", "done_at", "error", "reference")
    list_filter = (filters.Outcome, "handler")
    search_fields = ("reference", "handler", "request__key")
    search_help_text = "The reference that a person was told, a handler, or a request's key"
    date_hierarchy = "request__received_at"
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Handling]:
        """Return them with what was asked, but for its contents."""
        found: QuerySet[Handling] = super().get_queryset(request)
        return found.select_related("request").defer("request__payload")

    @admin.display(description="Asked", ordering="request__received_at")
    def asked_at(self, row: Handling) -> datetime:
        """Return when the request came."""
        return row.request.received_at


@admin.register(HookCall)
class HookCallAdmin(OfIncident, ReadOnly):
    """The turns of lifecycle handlers."""

    list_display = ("handler", "of", "person", "asked_at", "done_at", "error")
    list_filter = (filters.Outcome, "handler")
    list_select_related = ("incident", "person")
    search_fields = ("handler", "=incident__id", "error")
    search_help_text = "A handler, an incident's number, or what went wrong"
    date_hierarchy = "asked_at"
    ordering = ("-asked_at", "-pk")


@admin.register(Heard)
class HeardAdmin(ReadOnly):
    """The newest that was heard about each thing in Slack: what is older is no news."""

    list_display = ("subject", "ts", "heard_at")
    search_fields = ("subject",)
    search_help_text = "What it is about: held, text, gone, name or archived, and a channel's id"
    ordering = ("-heard_at", "-pk")
