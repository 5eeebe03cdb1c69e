"""The API's tokens: made here or with `response create-token`, shown once, and revoked."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from response.admin import filters
from response.admin.traced import Traced
from response.api.models import ApiToken
from response.core.models import Person


@admin.register(ApiToken)
class ApiTokenAdmin(Traced):
    """Which programs may use the API, and as whom."""

    kept_because = "Revoke the token instead: then it opens nothing, and one still sees that there was one."
    never_asked = ("digest",)
    list_display = ("name", "person", "begins_with", "created_at", "last_used_at", "revoked_at")
    list_filter = (filters.Usable,)
    list_select_related = ("person",)
    search_fields = ("name", "begins_with", "person__full_name", "person__display_name")
    search_help_text = "What a token is for, how it begins, or whom it acts as"
    ordering = ("revoked_at", "-created_at", "-pk")
    autocomplete_fields = ("person",)
    actions = ("revoke",)
    fields = ("name", "person")
    only_shown = ("begins_with", "created_at", "last_used_at", "revoked_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's
        """Nobody may: what a token has done was done as it is."""
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may revoke tokens: who might change them, if they could be changed."""
        return request.user.has_perm("response.change_apitoken")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Return what is asked for a new token, or what is known of one. Its secret is not kept."""
        return (*self.fields, *self.only_shown) if obj else self.fields

    def write(self, row: Any, given: dict[str, Any], *, by: Person, is_new: bool) -> None:
        """Make the token, and hold its secret for the answer."""
        del given, by, is_new
        token, row.secret = ApiToken.objects.issue(row.name, row.person)
        row.pk, row.begins_with = token.pk, token.begins_with

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Show the secret in the answer itself: no cookie and no session ever holds it."""
        del post_url_continue
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Token for {obj.name}",
            "token": obj,
        }
        return TemplateResponse(request, "admin/response/apitoken/made.html", context)

    @admin.action(description="Revoke the selected tokens", permissions=["revoke"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        """Let them open nothing from now on."""
        usable = list(chosen.filter(revoked_at=None))
        for token in usable:
            token.revoke()
        self.message_user(request, f"Revoked: {len(usable)}.", messages.SUCCESS)
