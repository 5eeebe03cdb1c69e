"""Reminders: how far each has come. They can be kept quiet, as their buttons in Slack do."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from response.admin import filters
from response.admin.columns import OfIncident
from response.admin.rules import ReadOnly
from response.admin.traced import acting_for
from response.reminders import schedule
from response.reminders.models import Reminder


@admin.register(Reminder)
class ReminderAdmin(OfIncident, ReadOnly):
    """What each incident is still reminded of."""

    list_display = ("key", "of", "due_at", "sent_count", "last_sent_at", "stopped_at", "stopped_by")
    list_filter = (filters.Reminding, "key")
    list_select_related = ("incident", "stopped_by")
    search_fields = ("key", "=incident__id")
    search_help_text = "A handler's name, or an incident's number"
    date_hierarchy = "due_at"
    ordering = ("-due_at", "-pk")
    actions = ("snooze", "stop")

    def has_quieten_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may keep reminders quiet: who might change them, if they could be changed."""
        return request.user.has_perm("response.change_reminder")

    @admin.action(description="Snooze the selected reminders", permissions=["quieten"])
    def snooze(self, request: HttpRequest, chosen: QuerySet[Reminder]) -> None:
        """Keep them quiet for a while; those that were stopped stay quiet."""
        length = timedelta(minutes=settings.REMINDER_SNOOZE_MINUTES)
        going_on = list(chosen.filter(stopped_at=None))
        for reminder in going_on:
            schedule.snooze(reminder.pk, length)
        minutes = f"{settings.REMINDER_SNOOZE_MINUTES:g} min"
        self.message_user(request, f"Quiet for {minutes}: {len(going_on)}.", messages.SUCCESS)

    @admin.action(description="Stop the selected reminders", permissions=["quieten"])
    def stop(self, request: HttpRequest, chosen: QuerySet[Reminder]) -> None:
        """Keep them quiet for good."""
        going_on = list(chosen.filter(stopped_at=None))
        with acting_for(request) as by:
            for reminder in going_on:
                schedule.stop(reminder.pk, by=by)
        self.message_user(request, f"Stopped: {len(going_on)}.", messages.SUCCESS)
