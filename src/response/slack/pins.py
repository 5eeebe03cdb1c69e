"""Pinned messages are the timeline: at their own time, with their author, as long as anything holds them there.

A pin of Slack holds a message, and so does each 📌 that somebody puts on it. Later edits are followed; a message
that is deleted leaves the timeline and stays in the activity log.
"""

import logging
import time
from datetime import datetime
from typing import Any

from django.db import transaction

from response.core import access, actions, signals
from response.core.errors import PermanentError
from response.core.models import Incident, Person, TimelineEvent
from response.plugins import event_handler
from response.slack import admission, client, links, order, people
from response.slack.kinds.base import PAGE
from response.slack.models import CommsChannel, PinnedMessage
from response.slack.payloads import JsonDict, dict_at, list_at, text_at, time_of
from response.slack.queue import TALK, defer

logger = logging.getLogger(__name__)

PUSHPINS = {"pushpin", "round_pushpin"}
PIN = "pin"


def words_of(message: JsonDict) -> str:
    """Return what a message says: its text, and the names of its files."""
    files = [
        f"📎 {text_at(file, 'title') or text_at(file, 'name') or 'a file'}"
        for file in list_at(message, "files")
        if isinstance(file, dict)
    ]
    return "\n".join(filter(None, [text_at(message, "text"), *files])) or "(a message without text)"


@event_handler("pin_added")
def pin_added(incident: Incident, user: Person | None, comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Put the message or file on the timeline, if a member pinned it."""
    channel, message = text_at(event, "channel_id"), pinned(event)
    if text_at(message, "ts") == comms_channel.card_ts:  # our own card is no event of the incident
        return
    if admission.admits(user, incident) and order.is_news(holding(channel, text_at(message, "ts"), PIN), event):
        hold(incident, message, PIN, channel_id=channel, as_of=text_at(event, "event_ts"))


@event_handler("pin_removed")
def pin_removed(incident: Incident, event: dict[str, Any]) -> None:
    """Take this message's pin away."""
    ts = text_at(pinned(event), "ts") or text_at(event, "item", "ts")
    if order.is_news(holding(text_at(event, "channel_id"), ts, PIN), event):
        let_go(incident, ts, PIN)


def pinned(event: JsonDict) -> JsonDict:
    """Return the message of a pin; a pinned file as the message that it is to people."""
    item = dict_at(event, "item")
    if message := dict_at(item, "message"):
        return message
    file = dict_at(item, "file")
    moment = file.get("timestamp") or file.get("created") or item.get("created")
    return {"ts": text_at(file, "id"), "moment": str(moment), "user": file.get("user"), "files": [file]}


def holding(channel: str, ts: str, holder: str) -> str:
    """Return the subject under which it is heard whether somebody holds a message on the timeline."""
    return f"held:{channel}:{ts}:{holder}"


@event_handler("reaction_added")
def pushpin_added(comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Put a message with a 📌 on the timeline. The event does not hold its text, so a job asks for it."""
    pushpin("pin_by_reaction", comms_channel.channel_id or "", event)


@event_handler("reaction_removed")
def pushpin_removed(comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Take this 📌 away, after the job that may still be putting it there."""
    pushpin("unpin_by_reaction", comms_channel.channel_id or "", event)


def pushpin(task: str, channel: str, event: JsonDict) -> None:
    """Defer what a 📌 asks for, one after the other for a message, unless something newer is known."""
    ts, name = text_at(event, "item", "ts"), text_at(event, "reaction")
    if name not in PUSHPINS or not ts:
        return
    holder = f"reaction:{text_at(event, 'user')}:{name}"
    if order.is_news(holding(channel, ts, holder), event):
        defer(task, lock=f"pin:{channel}:{ts}", priority=TALK, channel=channel, ts=ts, holder=holder)


def pin_by_reaction(channel: str, ts: str, holder: str) -> None:
    """Ask Slack for the message, and put it on the timeline, if it was a member's 📌."""
    if not is_a_members(holder):
        return
    as_of = f"{time.time():.6f}"
    message, found = read(channel, ts), incident_channel(channel)
    if message and found and ts != found.card_ts:
        hold(found.incident, message, holder, channel_id=channel, as_of=as_of)


def is_a_members(holder: str) -> bool:
    """Whether a 📌 is that of somebody who belongs here. Raises TemporaryError when Slack does not say."""
    try:
        return not access.is_outside(people.vetted(holder.split(":")[1]))
    except PermanentError as error:
        logger.warning("pushpin_lost reason=%s", error)
        return False


def unpin_by_reaction(channel: str, ts: str, holder: str) -> None:
    """Take somebody's 📌 away."""
    if found := incident_channel(channel):
        let_go(found.incident, ts, holder)


def reread(channel: str, ts: str) -> None:
    """Ask Slack what a message says now, and have the timeline say it."""
    message, found = read(channel, ts), incident_channel(channel)
    if message and found:
        rewrite(found.incident, ts, words_of(message), text_at(message, "edited", "user"))


def incident_channel(channel: str) -> CommsChannel | None:
    return CommsChannel.objects.select_related("incident").filter(channel_id=channel).first()


def read(channel: str, ts: str) -> JsonDict | None:
    """Return a message as Slack has it now; None when it is gone, or we may not see it."""
    around: JsonDict = {"oldest": ts, "latest": ts, "inclusive": True, "limit": PAGE}
    try:
        page = client.call("conversations.replies", channel=channel, ts=ts, **around)
    except PermanentError as error:
        logger.warning("message_not_read reason=%s", error)
        return None
    return next((m for m in list_at(page, "messages") if text_at(m, "ts") == ts), None)


@transaction.atomic
def hold(incident: Incident, message: JsonDict, holder: str, *, channel_id: str, as_of: str) -> None:
    """Have the message stand on the timeline, once, whoever holds it there. `as_of` is when it said what it says."""
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
    if order.last_heard(f"gone:{channel_id}:{ts}"):
        retract(incident, ts)
    elif order.last_heard(f"text:{channel_id}:{ts}") > as_of:
        defer("reread_message", lock=f"pin:{channel_id}:{ts}", priority=TALK, channel=channel_id, ts=ts)


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
    """Follow what becomes of a message: edited, or deleted. It may be pinned, or the news of its pin still to come."""
    channel, subtype = text_at(event, "channel"), text_at(event, "subtype")
    message = dict_at(event, "message")
    gone = text_at(event, "deleted_ts") if subtype == "message_deleted" else ""
    if subtype == "message_changed" and text_at(message, "subtype") == "tombstone":
        gone = text_at(message, "ts")
    if gone:
        order.is_news(f"gone:{channel}:{gone}", event)
        retract(incident, gone)
    elif subtype == "message_changed":
        ts = text_at(message, "ts")
        if order.is_news(f"text:{channel}:{ts}", event):
            rewrite(incident, ts, words_of(message), text_at(message, "edited", "user"))


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
