"""The incident's own channel: wanted, made, followed."""

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal

from response.core.actions import latest
from response.core.models import Incident, Person
from response.plugins import event_handler
from response.slack import inbox, order, outbox
from response.slack.models import CommsChannel, SlackChannel
from response.slack.payloads import JsonDict, text_at
from response.slack.text import plain

FIRST_NUMBER = 100
LONGEST_NAME = 80

channel_created = Signal()  # with `incident` and `comms_channel`, in the transaction that records the channel


@transaction.atomic
def open_for(incident: Incident, *, by: Person) -> bool:
    """Ask for the incident's channel, once. False when it is there or on its way."""
    latest(incident)
    name = channel_name(incident)
    _, is_new = CommsChannel.objects.get_or_create(incident=incident, defaults={"channel_name": name})
    if is_new:
        outbox.ask("create_channel", incident=incident, channel="comms", place="comms", name=name, by=by.external_id)
    return is_new


def channel_name(incident: Incident, attempt: int = 1) -> str:
    """Return the channel's name by the template; further attempts, when it is taken, get a number."""
    number = incident.number
    date = incident.report_time
    name = settings.INCIDENT_CHANNEL_TEMPLATE.format(
        number=FIRST_NUMBER + number, id=number, year=date.year, month=f"{date.month:02d}", day=f"{date.day:02d}"
    ).lower()
    suffix = f"-{attempt}" if attempt > 1 else ""
    return name[: LONGEST_NAME - len(suffix)] + suffix


def slug(wanted: str) -> str:
    """Return a name that Slack takes: small letters, digits and dashes, beginning with `inc-`, cut between words."""
    words = re.sub(r"[^\w]+", "-", plain(wanted).lower().lstrip("#")).strip("-_") or "incident"
    name = words if words.startswith("inc-") else f"inc-{words}"
    if len(name) <= LONGEST_NAME:
        return name
    whole_words = name[: LONGEST_NAME + 1].rpartition("-")[0]
    return whole_words if len(whole_words) > LONGEST_NAME // 2 else name[:LONGEST_NAME]


@transaction.atomic
def made(incident: Incident, channel: JsonDict, *, by: str) -> None:
    """Record the channel that Slack has made, and fill it: people, topic, card."""
    latest(incident)  # a change that runs meanwhile either waits, or is seen here
    comms_channel = CommsChannel.objects.select_for_update().get(incident=incident)
    if comms_channel.is_ready:
        return
    comms_channel.channel_id = text_at(channel, "id")
    comms_channel.channel_name = text_at(channel, "name") or comms_channel.channel_name
    comms_channel.save()
    remember(comms_channel.channel_id, comms_channel.channel_name)
    inbox.take_up(comms_channel.channel_id)
    presser = Person.objects.filter(app_id="slack", external_id=by).first()
    outbox.invite(incident, [incident.reporter, incident.lead, presser])
    for surface in ("card", "headline", "topic"):
        outbox.refresh(surface, incident)
    channel_created.send(CommsChannel, incident=incident, comms_channel=comms_channel)


def remember(channel_id: str, name: str) -> None:
    """Note what a channel is called, so that text which mentions it can be read."""
    if channel_id and name:
        SlackChannel.objects.update_or_create(channel_id=channel_id[:20], defaults={"name": name[:80]})


@event_handler("channel_rename")
def follow_rename(event: dict[str, Any]) -> None:
    """Keep the name that people gave the channel."""
    channel_id, name = text_at(event, "channel", "id"), text_at(event, "channel", "name")
    if not order.is_news(f"name:{channel_id}", event):
        return
    CommsChannel.objects.filter(channel_id=channel_id).update(channel_name=name[:80])
    remember(channel_id, name)


@event_handler("channel_archive")
def follow_archive(comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Know that nothing can be said there any more."""
    set_archived(comms_channel, True, event)


@event_handler("channel_unarchive")
def follow_unarchive(comms_channel: CommsChannel, event: dict[str, Any]) -> None:
    """Know that it can be used again."""
    set_archived(comms_channel, False, event)


def set_archived(comms_channel: CommsChannel, is_archived: bool, event: dict[str, Any]) -> None:
    if order.is_news(f"archived:{comms_channel.channel_id}", event):
        CommsChannel.objects.filter(pk=comms_channel.pk).update(is_archived=is_archived)
