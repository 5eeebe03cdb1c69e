"""Recreating what is missing in Slack for an incident: looked at first, then asked of the outbox."""

from collections.abc import Iterator

from django.db import transaction

from response.core.actions import latest
from response.core.errors import PermanentError
from response.core.models import Incident, Person
from response.plugins import document_url
from response.slack import channels, client, outbox
from response.slack.client import SlackRefused
from response.slack.models import CommsChannel, Delivery, HeadlinePost
from response.slack.payloads import JsonDict, dict_at, list_at, text_at

UNFINISHED = (Delivery.State.WAITING, Delivery.State.SENDING)


def repair(incident: Incident) -> list[str]:
    """Ask for all that is missing, and return what was asked for, a line each. Doing it again does no harm.

    Slack is only read here. Raises TemporaryError or PermanentError when it cannot be.
    """
    channel = CommsChannel.objects.filter(incident=incident).first()
    return [*repair_headline(incident), *(repair_channel(incident, channel) if channel else no_channel())]


def repair_headline(incident: Incident) -> Iterator[str]:
    """Ask for the headline; when the post is gone, or never was, sending it posts it."""
    with transaction.atomic():
        HeadlinePost.objects.get_or_create(incident=incident)
        outbox.refresh("headline", incident)
    yield "headline: brought up to date, or posted if it is missing"


def no_channel() -> Iterator[str]:
    yield "channel: nobody has opened one, so none is missing"


def repair_channel(incident: Incident, channel: CommsChannel) -> Iterator[str]:
    """Ask for the channel, or for what is missing in it."""
    if channel.channel_id is None:
        if Delivery.objects.filter(incident=incident, kind="create_channel", state__in=UNFINISHED).exists():
            yield "channel: it is being made already"
        else:
            yield from make_again(incident)
        return
    found = look_up(channel.channel_id)
    if found is None:
        yield from make_again(incident)
    elif found.get("is_archived"):
        CommsChannel.objects.filter(pk=channel.pk).update(is_archived=True)
        yield f"channel: #{channel.channel_name} is archived: somebody has to unarchive it, which an app cannot"
    else:
        yield from fill(incident, channel, found)


def look_up(channel_id: str) -> JsonDict | None:
    """Return the channel as Slack has it now; None when it was deleted."""
    try:
        return dict_at(client.call("conversations.info", channel=channel_id), "channel")
    except SlackRefused as error:
        if error.error != "channel_not_found":
            raise
        return None


@transaction.atomic
def make_again(incident: Incident) -> list[str]:
    """Forget the channel that is gone, and ask for another one with everybody who was in it."""
    latest(incident)
    people = [user.user for user in incident.participants.select_related("user")]
    name = channels.channel_name(incident)
    CommsChannel.objects.filter(incident=incident).update(channel_id=None, card_ts="", is_archived=False)
    outbox.ask("create_channel", incident=incident, channel="comms", place="comms", name=name, by="")
    outbox.invite(incident, people)
    outbox.refresh("headline", incident)
    return [f"channel: #{name} is made anew, with its people, topic and pinned card"]


@transaction.atomic
def fill(incident: Incident, channel: CommsChannel, found: JsonDict) -> list[str]:
    """Ask for what a channel lacks: us, reporter and lead, topic, card and its pin."""
    CommsChannel.objects.filter(pk=channel.pk).update(is_archived=False)
    asked = []
    if not found.get("is_member"):
        outbox.ask("join", incident=incident, channel="comms", place="comms")
        asked.append("channel: the app joins it again")
    absent = missing_people(incident, text_at(found, "id")) if found.get("is_member") else [incident.reporter]
    if absent:
        outbox.invite(incident, absent)
        asked.append(f"members: {', '.join(str(person) for person in absent)} invited")
    if document_url(incident) not in text_at(found, "topic", "value"):
        outbox.refresh("topic", incident)
        asked.append("topic: set")
    outbox.refresh("card", incident)
    asked.append("card: brought up to date, or posted and pinned if it is missing")
    if channel.card_ts and is_unpinned(text_at(found, "id"), channel.card_ts):
        outbox.ask("pin", incident=incident, channel="comms", place="comms", ts=channel.card_ts)
        asked.append("pin: the card is pinned again")
    return asked


def missing_people(incident: Incident, channel_id: str) -> list[Person]:
    """Return the reporter and the lead, as far as they are not in the channel."""
    pages = client.each_page("conversations.members", channel=channel_id, limit=200)
    members = {str(user) for page in pages for user in page.get("members") or ()}
    wanted = dict.fromkeys(person for person in (incident.reporter, incident.lead) if person)
    return [person for person in wanted if person.app_id == "slack" and person.external_id not in members]


def is_unpinned(channel_id: str, ts: str) -> bool:
    """Whether the card is there and lost its pin. One that is gone is pinned when it is posted again."""
    try:
        if any(
            text_at(item, "message", "ts") == ts
            for item in list_at(client.call("pins.list", channel=channel_id), "items")
        ):
            return False
        page = client.call("conversations.history", channel=channel_id, latest=ts, oldest=ts, inclusive=True, limit=1)
    except PermanentError:
        return False  # we are not in the channel yet
    return any(text_at(message, "ts") == ts for message in list_at(page, "messages"))
