"""Pinned messages are the timeline: at their own time, with their author, as long as they are pinned."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from response.core import actions, signals
from response.core.models import Incident, TimelineEvent
from response.plugins import event_handler
from response.slack import people
from response.slack.models import CommsChannel, PinnedMessage
from response.slack.payloads import dict_at, text_at


def time_of(ts: str) -> datetime | None:
    """Return the moment of a Slack timestamp, or None when it is none."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


@event_handler("pin_added")
@transaction.atomic
def pin_added(incident: Incident, comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Put the message on the timeline, once. Our own card is no event of the incident."""
    message = dict_at(event, "item", "message")
    ts = text_at(message, "ts")
    moment = time_of(ts)
    if moment is None or ts == comms_channel.card_ts:
        return
    actions.latest(incident)
    if PinnedMessage.objects.filter(incident=incident, message_ts=ts).exists():
        return
    author_id = text_at(message, "user")
    author = people.known(author_id) if author_id else None
    text = text_at(message, "text") or "(a message without text)"
    entry = actions.add_to_timeline(
        incident,
        text,
        by=author,
        at=moment,
        kind=TimelineEvent.Kind.PIN,
        message_ts=ts,
        channel_id=text_at(event, "channel_id"),
        pinned_by=text_at(event, "user"),
    )
    PinnedMessage.objects.create(
        incident=incident, author=author, message_ts=ts, text=text, timestamp=moment, timeline_event=entry
    )


@event_handler("pin_removed")
@transaction.atomic
def pin_removed(incident: Incident, event: dict[str, Any]) -> None:
    """Take exactly this message's entry away."""
    ts = text_at(event, "item", "message", "ts") or text_at(event, "item", "ts")
    pin = PinnedMessage.objects.filter(incident=incident, message_ts=ts).select_related("timeline_event").first()
    if pin is None:
        return
    pin.timeline_event.delete()
    signals.timeline_changed.send(TimelineEvent, incident=incident, event=None)
