"""What every kind of delivery says of itself, and how a lost answer is looked up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from response.core.errors import PermanentError, TemporaryError
from response.core.models import Incident
from response.slack import client
from response.slack.client import SlackRefused
from response.slack.models import CommsChannel, Delivery, SlackChannel
from response.slack.payloads import dict_at, list_at, text_at

Answer = dict[str, Any]
MARK = "response_delivery"
PAGE = 200  # the most that Slack recommends; an app that may have 15 at once gets 15


@dataclass(frozen=True)
class Kind:
    """How a delivery is sent. `what` names it to people: "a message in the channel".

    `send` calls Slack and returns its answer; `settle` records what follows, in the transaction that marks the row
    sent; `find` returns the answer of an earlier try whose own was lost, or None; `gate` names where it takes turns;
    `refused` does what follows when Slack will not have it, and gets the reason; `gather` may change what is sent when
    it is late; `methods` are the Web API methods it calls; `is_current` says that it shows how things are when it is
    sent, so that a newer one makes an older one needless; `again` asks for it in another way when somebody has it tried
    again, and returns whether it did.
    """

    send: Callable[[Delivery], Answer]
    methods: tuple[str, ...]
    settle: Callable[[Delivery, Answer], None] | None = None
    find: Callable[[Delivery], Answer | None] | None = None
    gate: Callable[[Delivery], str | None] | None = None
    refused: Callable[[Delivery, str], None] | None = None
    gather: Callable[[Delivery], None] | None = None
    what: str = ""
    is_current: bool = False
    again: Callable[[Delivery], bool] | None = None


def number_of(delivery: Delivery) -> int:
    """Return the incident's number. Raises PermanentError for a delivery that belongs to none."""
    if delivery.incident_id is None:
        raise PermanentError(f"delivery {delivery.pk} belongs to no incident")
    return delivery.incident_id


def incident_of(delivery: Delivery) -> Incident:
    """Return the incident as it is now."""
    return Incident.objects.select_related("reporter", "lead", "commschannel").get(pk=number_of(delivery))


def channel_of(delivery: Delivery) -> str:
    """Return the id of the incident's channel. Raises PermanentError while Slack has not made one."""
    number_of(delivery)
    channel: CommsChannel | None = getattr(delivery.incident, "commschannel", None)
    if channel is None or not channel.channel_id:
        raise PermanentError("the incident has no channel in Slack", advice="Create the channel, then try again.")
    return channel.channel_id


def mark(delivery: Delivery) -> dict[str, Any]:
    """Return the message metadata by which a post is recognised when the answer to it was lost."""
    return {"event_type": MARK, "event_payload": {"delivery": delivery.pk, "made": delivery.created_at.isoformat()}}


def find_marked(delivery: Delivery, channel: str, *, thread_ts: str = "") -> Answer | None:
    """Look for our mark among the messages since the delivery was made. None only when it surely is not there.

    What interrupts it, a limit or the end of the worker, does not begin it anew: nothing of ours is said meanwhile.
    """
    method = "conversations.replies" if thread_ts else "conversations.history"
    since = f"{delivery.created_at.timestamp() - 60:.6f}"
    where = {"channel": channel, "ts": thread_ts or None, "oldest": since, "include_all_metadata": True}
    try:
        for page in client.each_page(method, begin=delivery.looked, limit=PAGE, **where):
            for message in list_at(page, "messages"):
                if dict_at(message, "metadata", "event_payload") == mark(delivery)["event_payload"]:
                    return {"ok": True, "channel": channel, "ts": text_at(message, "ts")}
            remember(delivery, client.next_cursor(page))
    except SlackRefused as error:
        if error.error != "invalid_cursor":
            raise
        remember(delivery, "")  # Slack lets them expire
        raise TemporaryError(str(error)) from error
    return None


def remember(delivery: Delivery, cursor: str) -> None:
    """Note how far the look has come. At the end that is nowhere: the next one looks for another try."""
    if cursor != delivery.looked:
        delivery.looked = cursor
        delivery.save(update_fields=["looked"])


def channels_named(names: set[str]) -> list[dict[str, Any]]:
    """Return the channels with these names that the app can see."""
    pages = client.each_page("conversations.list", types="public_channel", limit=200, exclude_archived=True)
    return [channel for page in pages for channel in list_at(page, "channels") if text_at(channel, "name") in names]


def id_of_channel(name: str) -> str | None:
    """Return the id of the channel with this name, from what we know or from Slack; None when there is none."""
    known = SlackChannel.objects.filter(name=name).values_list("channel_id", flat=True).first()
    if known:
        return known
    return next((text_at(channel, "id") for channel in channels_named({name})), None)
