"""What is said to people: in the incident's channel, under its headline, or to one person alone."""

from contextlib import suppress

from response.slack import client, digest
from response.slack.client import SlackRefused
from response.slack.kinds.base import Answer, Kind, channel_of, find_marked, id_of_channel, mark, number_of
from response.slack.kinds.surfaces import place_of
from response.slack.models import Delivery, HeadlinePost
from response.slack.surfaces import messages

NOT_HERE = {
    "user_not_in_channel",
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "user_not_in_team",
    "no_permission",
}


def post(delivery: Delivery) -> Answer:
    message = messages.message(delivery.payload)
    thread_ts = delivery.payload.get("thread_ts") or None
    return client.call(
        "chat.postMessage",
        channel=channel_of(delivery),
        thread_ts=thread_ts,
        metadata=mark(delivery),
        unfurl_links=False,
        **message,
    )


def find_post(delivery: Delivery) -> Answer | None:
    return find_marked(delivery, channel_of(delivery), thread_ts=delivery.payload.get("thread_ts", ""))


def announce(delivery: Delivery) -> Answer:
    return client.call(
        "chat.postMessage",
        channel=delivery.channel,
        metadata=mark(delivery),
        unfurl_links=False,
        **messages.message(delivery.payload),
    )


def find_announced(delivery: Delivery) -> Answer | None:
    """Look in the channel, which may be given by its name. Only members may look into a history."""
    name = delivery.channel
    channel = id_of_channel(name.removeprefix("#")) if name.startswith("#") else name
    if channel is None:
        return None
    with suppress(SlackRefused):  # a private channel has to invite us
        client.call("conversations.join", channel=channel)
    return find_marked(delivery, channel, thread_ts=delivery.payload.get("thread_ts", ""))


def reply_to_headline(delivery: Delivery) -> Answer:
    headline = HeadlinePost.objects.get(incident_id=number_of(delivery))
    return client.call(
        "chat.postMessage",
        channel=place_of(headline),
        thread_ts=headline.message_ts,
        metadata=mark(delivery),
        **messages.message(delivery.payload),
    )


def find_reply(delivery: Delivery) -> Answer | None:
    headline = HeadlinePost.objects.get(incident_id=number_of(delivery))
    return find_marked(delivery, place_of(headline), thread_ts=headline.message_ts)


def tell(delivery: Delivery) -> Answer:
    """Say it where the person acted; where that cannot be, as a direct message."""
    message = messages.message(delivery.payload)
    if url := delivery.payload.get("response_url"):
        try:
            client.respond(url, response_type="ephemeral", replace_original=False, **message)
        except SlackRefused:
            pass  # used up, or older than half an hour
        else:
            return {"ok": True}
    user = delivery.payload["user"]
    try:
        if delivery.channel.startswith(("C", "G")):
            return client.call("chat.postEphemeral", channel=delivery.channel, user=user, **message)
    except SlackRefused as error:
        if error.error not in NOT_HERE:
            raise
    return client.call("chat.postMessage", channel=user, metadata=mark(delivery), **message)


def react(delivery: Delivery) -> Answer:
    try:
        return client.call(
            "reactions.add", channel=delivery.channel, timestamp=delivery.payload["ts"], name=delivery.payload["name"]
        )
    except SlackRefused as error:
        if error.error in {"already_reacted", "message_not_found"}:
            return error.answer
        raise


def in_named_channel(delivery: Delivery) -> str:
    return f"channel:{delivery.channel}"


def in_channel(delivery: Delivery) -> str:
    return f"channel:{channel_of(delivery)}"


SAYS = ("chat.postMessage",)

POST = Kind(post, SAYS, find=find_post, gate=in_channel, gather=digest.gather, what="a message in the channel")
ANNOUNCE = Kind(announce, SAYS, find=find_announced, gate=in_named_channel, what="a message in another channel")
HEADLINE_REPLY = Kind(reply_to_headline, SAYS, find=find_reply, what="a message under the headline post")
TELL = Kind(tell, ("chat.postEphemeral", *SAYS), what="a message to one person")
REACT = Kind(react, ("reactions.add",), what="a reaction to a message")
