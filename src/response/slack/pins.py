"""Pinned messages are the timeline: at their own time, with their author, as long as anything holds them there.

A pin of Slack holds a message, and so does each 📌 that somebody puts on it. Later edits are followed; a message
that is deleted leaves the timeline and stays in the activity log.
"""

import logging
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from response.core import actions, signals
from response.core.errors import PermanentError
from response.core.models import Incident, TimelineEvent
from response.plugins import event_handler
from response.slack import client, links, people
from response.slack.models import CommsChannel, PinnedMessage
from response.slack.payloads import JsonDict, dict_at, list_at, text_at
from response.slack.queue import TALK, defer

logger = logging.getLogger(__name__)

PUSHPINS = {"pushpin", "round_pushpin"}
PIN = "pin"


def time_of(ts: str) -> datetime | None:
    """Return the moment of a Slack timestamp, or None when it is none."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def words_of(message: JsonDict) -> str:
    """Return what a message says: its text, and the names of its files."""
    files = [
        f"📎 {text_at(file, 'title') or text_at(file, 'name') or 'a file'}"
        for file in list_at(message, "files")
        if isinstance(file, dict)
    ]
    return "\n".join(filter(None, [text_at(message, "text"), *files])) or "(a message without text)"


@event_handler("pin_added")
def pin_added(incident: Incident, comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Put the message or file on the timeline."""
    item = dict_at(event, "item")
    message = dict_at(item, "message") or as_message(item)
    if text_at(message, "ts") != comms_channel.card_ts:  # our own card is no event of the incident
        hold(incident, message, PIN, channel_id=text_at(event, "channel_id"))


def as_message(item: JsonDict) -> JsonDict:
    """Return a pinned file as the message that it is to people."""
    file = dict_at(item, "file")
    moment = file.get("timestamp") or file.get("created") or item.get("created")
    return {"ts": text_at(file, "id"), "moment": str(moment), "user": file.get("user"), "files": [file]}


@event_handler("pin_removed")
def pin_removed(incident: Incident, event: dict[str, Any]) -> None:
    """Take this message's pin away."""
    item = dict_at(event, "item")
    message = dict_at(item, "message") or as_message(item)
    let_go(incident, text_at(message, "ts") or text_at(item, "ts"), PIN)


@event_handler("reaction_added")
def pushpin_added(comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Put a message with a 📌 on the timeline. The event does not hold its text, so a job asks for it."""
    ts = text_at(event, "item", "ts")
    if text_at(event, "reaction") in PUSHPINS and ts:
        channel, user = comms_channel.channel_id, text_at(event, "user")
        defer("pin_by_reaction", lock=f"pin:{channel}:{ts}", priority=TALK, channel=channel, ts=ts, user=user)


@event_handler("reaction_removed")
def pushpin_removed(comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Take this 📌 away, after the job that may still be putting it there."""
    ts = text_at(event, "item", "ts")
    if text_at(event, "reaction") in PUSHPINS and ts:
        channel, user = comms_channel.channel_id, text_at(event, "user")
        lock = f"pin:{channel}:{ts}"
        defer("unpin_by_reaction", lock=lock, priority=TALK, channel=channel, ts=ts, user=user)


def pin_by_reaction(channel: str, ts: str, user: str) -> None:
    """Ask Slack for the message, and put it on the timeline."""
    try:
        page = client.call("conversations.replies", channel=channel, ts=ts, limit=1)
    except PermanentError as error:
        logger.warning("pushpin_lost reason=%s", error)
        return
    message = next((m for m in list_at(page, "messages") if text_at(m, "ts") == ts), None)
    found = CommsChannel.objects.select_related("incident").filter(channel_id=channel).first()
    if message and found and ts != found.card_ts:
        hold(found.incident, message, f"reaction:{user}", channel_id=channel)


def unpin_by_reaction(channel: str, ts: str, user: str) -> None:
    """Take somebody's 📌 away."""
    found = CommsChannel.objects.select_related("incident").filter(channel_id=channel).first()
    if found:
        let_go(found.incident, ts, f"reaction:{user}")


@transaction.atomic
def hold(incident: Incident, message: JsonDict, holder: str, *, channel_id: str) -> None:
    """Have the message stand on the timeline, once, whoever holds it there."""
    ts = text_at(message, "ts")
    moment = time_of(text_at(message, "moment") or ts)
    if moment is None or not ts:
        return
    actions.latest(incident)
    pin = PinnedMessage.objects.filter(incident=incident, message_ts=ts[:20]).first()
    if pin is None:
        pin = write(incident, message, ts[:20], moment, channel_id)
    if holder not in pin.held_by:
        pin.held_by = [*pin.held_by, holder]
        pin.save(update_fields=["held_by"])


def write(incident: Incident, message: JsonDict, ts: str, moment: datetime, channel_id: str) -> PinnedMessage:
    author_id, text = text_at(message, "user"), words_of(message)
    author = people.known(author_id) if author_id else None
    kind = TimelineEvent.Kind.PIN
    named: dict[str, Any] = {"message_ts": ts, "channel_id": channel_id, "author_name": text_at(message, "username")}
    if permalink := text_at(message, "permalink"):
        named["permalink"] = permalink
    if files := [links.described(file) for file in list_at(message, "files") if isinstance(file, dict)]:
        named["files"] = files
    entry = actions.add_to_timeline(incident, text, by=author, at=moment, kind=kind, **named)
    return PinnedMessage.objects.create(
        incident=incident, author=author, message_ts=ts, text=text, timestamp=moment, timeline_event=entry
    )


@transaction.atomic
def let_go(incident: Incident, ts: str, holder: str) -> None:
    """Take a holder away; with the last one goes exactly this message's entry."""
    actions.latest(incident)
    pin = PinnedMessage.objects.filter(incident=incident, message_ts=ts[:20]).select_related("timeline_event").first()
    if pin is None:
        return
    pin.held_by = [each for each in pin.held_by if each != holder]
    if pin.held_by or pin.timeline_event.metadata.get("deleted"):
        pin.save(update_fields=["held_by"])
        return
    pin.timeline_event.delete()  # and the pin with it
    signals.timeline_changed.send(TimelineEvent, incident=incident, event=None)


@event_handler("message")
def follow(incident: Incident, event: dict[str, Any]) -> None:
    """Follow what becomes of a pinned message: edited, or deleted."""
    subtype = text_at(event, "subtype")
    if subtype == "message_changed" and text_at(event, "message", "subtype") == "tombstone":
        retract(incident, text_at(event, "message", "ts"))
    elif subtype == "message_changed":
        message = dict_at(event, "message")
        rewrite(incident, text_at(message, "ts"), words_of(message), text_at(message, "edited", "user"))
    elif subtype == "message_deleted":
        retract(incident, text_at(event, "deleted_ts"))


@transaction.atomic
def rewrite(incident: Incident, ts: str, text: str, editor: str) -> None:
    """Say what the message says now. An unfurled link changes a message without changing what it says."""
    pin = PinnedMessage.objects.select_for_update(of=("self",)).select_related("timeline_event")
    found = pin.filter(incident=incident, message_ts=ts).first()
    if found is None or found.text == text:
        return
    entry = found.timeline_event
    entry.metadata = {**entry.metadata, "edited_by": editor, "first_text": entry.metadata.get("first_text", found.text)}
    found.text = entry.text = text
    entry.save(update_fields=["text", "metadata"])
    found.save(update_fields=["text"])
    signals.timeline_changed.send(TimelineEvent, incident=incident, event=entry)


@transaction.atomic
def retract(incident: Incident, ts: str) -> None:
    """Take a deleted message off the timeline; the activity log keeps it, and that it was deleted."""
    pin = PinnedMessage.objects.select_for_update(of=("self",)).select_related("timeline_event")
    found = pin.filter(incident=incident, message_ts=ts).first()
    if found is None:
        return
    entry = found.timeline_event
    entry.metadata = {**entry.metadata, "deleted": True}
    entry.on_timeline = False
    entry.save(update_fields=["on_timeline", "metadata"])
    signals.timeline_changed.send(TimelineEvent, incident=incident, event=entry)
