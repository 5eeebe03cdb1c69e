"""The runbooks in the admin, where phrases are kept."""

from django.contrib import admin

from runbook_keeper.models import Attachment, Runbook


@admin.register(Runbook)
class RunbookAdmin(admin.ModelAdmin):
    """Runbooks, found by what is written on them."""

    list_display = ("name", "url", "phrases", "added_by", "added_at")
    search_fields = ("name", "text", "phrases")
    raw_id_fields = ("added_by",)


@admin.register(Attachment)
class AttachmentAdmin(admin.ModelAdmin):
    """What was attached is part of the record: to be read, not to be rewritten."""

    list_display = ("runbook", "incident", "by", "at")
    search_fields = ("runbook__name", "incident__report")

    def has_add_permission(self, request: object) -> bool:
        """Nobody adds one here."""
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        """Nobody changes one here."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Nobody takes one away here."""
        return False
