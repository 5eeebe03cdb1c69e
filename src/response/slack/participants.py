"""Who takes part: joined when, and said how much. Messages of the system and of bots are no part."""

from typing import Any

from django.db.models import F

from response.core.models import Incident, Person
from response.plugins import event_handler
from response.slack.models import UserStats
from response.slack.payloads import text_at, time_of

SPOKEN = {"", "file_share", "thread_broadcast", "me_message"}


@event_handler("message")
def count_message(incident: Incident, user: Person | None, event: dict[str, Any]) -> None:
    """Count what a person says."""
    if user is None or text_at(event, "bot_id") or text_at(event, "subtype") not in SPOKEN:
        return
    moment = time_of(text_at(event, "ts"))
    stats, _ = UserStats.objects.get_or_create(incident=incident, user=user, defaults={"join_time": moment})
    UserStats.objects.filter(pk=stats.pk).update(message_count=F("message_count") + 1)


@event_handler("member_joined_channel")
def note_join(incident: Incident, user: Person | None, event: dict[str, Any]) -> None:
    """Note when somebody came."""
    if user is None or user.is_bot:
        return
    moment = time_of(text_at(event, "event_ts"))
    UserStats.objects.get_or_create(incident=incident, user=user, defaults={"join_time": moment})
