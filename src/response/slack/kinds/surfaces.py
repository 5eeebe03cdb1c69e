"""What is always current: rendered when it is sent, from the facts of that moment."""

from contextlib import suppress

from django.conf import settings

from response.core.errors import PermanentError
from response.slack import channels, client, outbox
from response.slack.client import SlackRefused
from response.slack.kinds.base import Answer, Kind, channel_of, find_marked, id_of_channel, incident_of, mark, number_of
from response.slack.models import CommsChannel, Delivery, HeadlinePost
from response.slack.payloads import text_at
from response.slack.surfaces import card, headline, topic

GONE = {"message_not_found", "cant_update_message", "channel_not_found"}


def send_headline(delivery: Delivery) -> Answer:
    """Post the headline, or bring it up to date. One that somebody deleted is posted again."""
    post = HeadlinePost.objects.select_related("incident").get(incident_id=number_of(delivery))
    message = headline.render(incident_of(delivery), post)
    if post.message_ts:
        try:
            return client.call("chat.update", channel=place_of(post), ts=post.message_ts, **message)
        except SlackRefused as error:
            if error.error not in GONE:
                raise
    return post_in_incidents_channel(delivery, message)


def place_of(post: HeadlinePost) -> str:
    """Return the id of the channel a headline stands in. Those of the original's did not say."""
    return post.channel_id or id_of_channel(settings.INCIDENT_CHANNEL_NAME) or ""


def post_in_incidents_channel(delivery: Delivery, message: Answer) -> Answer:
    """Post by the channel's name; a channel that the app has not joined is joined first."""
    name = settings.INCIDENT_CHANNEL_NAME
    arguments = {"metadata": mark(delivery), "unfurl_links": False, **message}
    try:
        return client.call("chat.postMessage", channel=f"#{name}", **arguments)
    except SlackRefused as error:
        if error.error not in {"not_in_channel", "channel_not_found"}:
            raise
    channel = id_of_channel(name)
    if channel is None:
        raise PermanentError(
            f"there is no channel #{name} that the app can see",
            advice=f"Create #{name}, or set INCIDENT_CHANNEL_NAME; a private one has to invite the app. "
            "When it is there, SLACK_TOKEN may be another workspace's: `response doctor` says which.",
        )
    client.call("conversations.join", channel=channel)
    return client.call("chat.postMessage", channel=channel, **arguments)


def settle_headline(delivery: Delivery, answer: Answer) -> None:
    channel, ts = text_at(answer, "channel"), text_at(answer, "ts")
    HeadlinePost.objects.filter(incident_id=number_of(delivery)).update(channel_id=channel, message_ts=ts)
    channels.remember(channel, settings.INCIDENT_CHANNEL_NAME)


def find_headline(delivery: Delivery) -> Answer | None:
    post = HeadlinePost.objects.get(incident_id=number_of(delivery))
    if post.message_ts:
        return None  # an update may be sent twice
    channel = id_of_channel(settings.INCIDENT_CHANNEL_NAME)
    if channel is None:
        return None
    with suppress(SlackRefused):  # only members may look into a history; a private channel has to invite us
        client.call("conversations.join", channel=channel)
    return find_marked(delivery, channel)


def headline_gate(delivery: Delivery) -> str | None:
    post: HeadlinePost | None = getattr(delivery.incident, "headlinepost", None)
    return (
        f"headline:{delivery.incident_id}" if post and post.message_ts else f"channel:{settings.INCIDENT_CHANNEL_NAME}"
    )


def send_card(delivery: Delivery) -> Answer:
    """Post the card in the incident's channel, or bring it up to date."""
    channel = CommsChannel.objects.get(incident_id=number_of(delivery))
    message = card.render(incident_of(delivery))
    if channel.card_ts:
        try:
            return client.call("chat.update", channel=channel_of(delivery), ts=channel.card_ts, **message)
        except SlackRefused as error:
            if error.error not in GONE:
                raise
    return client.call(
        "chat.postMessage", channel=channel_of(delivery), metadata=mark(delivery), unfurl_links=False, **message
    )


def settle_card(delivery: Delivery, answer: Answer) -> None:
    """Remember the card; a new one is pinned."""
    channel = CommsChannel.objects.select_related("incident").get(incident_id=number_of(delivery))
    ts = text_at(answer, "ts")
    if ts and ts != channel.card_ts:
        channel.card_ts = ts
        channel.save(update_fields=["card_ts"])
        outbox.ask("pin", incident=channel.incident, channel="comms", place="comms", ts=ts)


def find_card(delivery: Delivery) -> Answer | None:
    channel = CommsChannel.objects.get(incident_id=number_of(delivery))
    return None if channel.card_ts else find_marked(delivery, channel_of(delivery))


def card_gate(delivery: Delivery) -> str | None:
    channel: CommsChannel | None = getattr(delivery.incident, "commschannel", None)
    return f"card:{delivery.incident_id}" if channel and channel.card_ts else None


def send_topic(delivery: Delivery) -> Answer:
    return client.call(
        "conversations.setTopic", channel=channel_of(delivery), topic=topic.render(incident_of(delivery))
    )


def topic_gate(delivery: Delivery) -> str | None:
    return f"topic:{delivery.incident_id}"


def refresh_again(delivery: Delivery) -> bool:
    """Have the surface brought up to date; one that waits already says it all."""
    outbox.refresh(delivery.kind, incident_of(delivery))
    return True


HEADLINE = Kind(
    send_headline,
    ("chat.update", "chat.postMessage"),
    settle=settle_headline,
    find=find_headline,
    gate=headline_gate,
    what="the headline post",
    is_current=True,
    again=refresh_again,
)
CARD = Kind(
    send_card,
    ("chat.update", "chat.postMessage"),
    settle=settle_card,
    find=find_card,
    gate=card_gate,
    what="the pinned card",
    is_current=True,
    again=refresh_again,
)
TOPIC = Kind(
    send_topic,
    ("conversations.setTopic",),
    gate=topic_gate,
    what="the channel's topic",
    is_current=True,
    again=refresh_again,
)
