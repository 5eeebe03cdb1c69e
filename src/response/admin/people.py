"""People, as the places they come from know them. Only which account is theirs is said here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from response.admin.traced import Traced
from response.core.models import Person


@admin.register(Person)
class PersonAdmin(Traced):
    """Who takes part."""

    kept_because = "What people did refers to them, so that nobody is deleted."
    list_display = ("__str__", "display_name", "email", "app_id", "external_id", "is_bot", "deleted", "owner")
    list_filter = ("app_id", "is_bot", "deleted", ("owner", admin.EmptyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("full_name", "display_name", "email", "external_id")
    search_help_text = "A name, an e-mail address or an id"
    ordering = ("full_name", "display_name", "pk")
    autocomplete_fields = ("owner",)
    learned = (
        *("full_name", "display_name", "email", "timezone"),
        *("app_id", "external_id", "is_bot", "deleted", "profile_read_at"),
    )
    fields = ("owner", *learned)
    readonly_fields = learned

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's
        """Nobody may: people come with what they do."""
        return False

    def write(self, row: Person, given: dict[str, Any], *, by: Person, is_new: bool) -> None:
        """Say whose account it is: what that account does here is this person's."""
        del by, is_new
        if "owner" in given:
            row.save(update_fields=["owner"])
