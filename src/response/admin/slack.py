"""What Slack has of each incident: channel, headline, who took part, what is pinned. Slack says so, and nobody here."""

from django.contrib import admin

from response.admin.columns import OfIncident, line
from response.admin.rules import ReadOnly
from response.slack.models import CommsChannel, HeadlinePost, PinnedMessage, SlackChannel, UserStats


@admin.register(CommsChannel)
class CommsChannelAdmin(OfIncident, ReadOnly):
    """The incidents' own channels."""

    list_display = ("__str__", "of", "channel_id", "is_archived")
    list_filter = ("is_archived", ("channel_id", admin.EmptyFieldListFilter))
    list_select_related = ("incident",)
    search_fields = ("channel_name", "channel_id", "=incident__id")
    search_help_text = "A channel's name or id, or an incident's number"
    ordering = ("-incident",)


@admin.register(HeadlinePost)
class HeadlinePostAdmin(OfIncident, ReadOnly):
    """The posts in the incidents channel."""

    list_display = ("__str__", "of", "channel_id", "message_ts")
    list_filter = (("message_ts", admin.EmptyFieldListFilter),)
    list_select_related = ("incident",)
    search_fields = ("=incident__id", "incident__report", "message_ts")
    search_help_text = "An incident's number, or words of its report"
    ordering = ("-incident",)


@admin.register(UserStats)
class UserStatsAdmin(OfIncident, ReadOnly):
    """Who took part, and how much they said."""

    list_display = ("user", "of", "message_count", "join_time")
    list_select_related = ("incident", "user")
    search_fields = ("=incident__id", "user__full_name", "user__display_name")
    search_help_text = "An incident's number, or a name"
    ordering = ("-incident", "-message_count", "-pk")


@admin.register(PinnedMessage)
class PinnedMessageAdmin(OfIncident, ReadOnly):
    """Messages that stand on a timeline because somebody pinned them."""

    list_display = ("timestamp", "of", "author", "what", "held_by")
    list_select_related = ("incident", "author")
    search_fields = ("=incident__id", "text", "author__full_name", "author__display_name")
    search_help_text = "An incident's number, words of the message, or its author's name"
    date_hierarchy = "timestamp"
    ordering = ("-timestamp", "-pk")

    def texts_of(self, row: PinnedMessage) -> list[str | None]:
        """Return what was said, and of what."""
        return [row.text, *super().texts_of(row)]

    @admin.display(description="Message")
    def what(self, row: PinnedMessage) -> str:
        """Return what was said, in a line."""
        return line(row, row.text)


@admin.register(SlackChannel)
class SlackChannelAdmin(ReadOnly):
    """Names of channels, as last heard."""

    list_display = ("name", "channel_id")
    search_fields = ("name", "channel_id")
    ordering = ("name", "pk")
