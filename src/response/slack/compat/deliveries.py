"""The writes of the original's client, as deliveries of the outbox: done once, in order, and tried again if need be."""

from functools import partial
from typing import Any

from response.slack import client, outbox
from response.slack.client import SlackRefused
from response.slack.compat.errors import SlackError
from response.slack.kinds import KINDS
from response.slack.kinds.base import Answer, Kind, mark
from response.slack.kinds.messages import find_announced, in_named_channel
from response.slack.models import CommsChannel, Delivery
from response.slack.text import for_slack

# The kind of a delivery, the method it calls, and what Slack may answer when it was done already.
METHODS: dict[str, tuple[str, set[str]]] = {
    "old_post": ("chat.postMessage", set()),
    "old_update": ("chat.update", set()),
    "old_ephemeral": ("chat.postEphemeral", set()),
    "old_react": ("reactions.add", {"already_reacted"}),
    "old_unreact": ("reactions.remove", {"no_reaction"}),
    "old_invite": ("conversations.invite", {"already_in_channel"}),
    "old_join": ("conversations.join", set()),
    "old_leave": ("conversations.leave", set()),
    "old_rename": ("conversations.rename", set()),
    "old_topic": ("conversations.setTopic", set()),
    "old_unarchive": ("conversations.unarchive", {"not_archived"}),
}


class Queued(dict[str, Any]):
    """What a write returns: it will be done after the handler. Slack has not answered yet, and nothing is made up."""

    def __missing__(self, key: str) -> Any:
        raise SlackError(f"Slack's answer has no `{key}` yet: what a handler writes is sent when the handler is done.")


def ask(kind: str, channel: str, place: str = "", **arguments: Any) -> Queued:
    """Ask the outbox for a call. In an incident's channel it takes its turn with everything else that goes there."""
    found = CommsChannel.objects.select_related("incident").filter(channel_id=channel).first()
    given = {name: value for name, value in arguments.items() if value is not None}
    incident, usual = (found.incident, "comms") if found else (None, channel)
    delivery = outbox.ask(kind, incident=incident, channel=channel, place=place or usual, **given)
    return Queued(queued=delivery.pk)


def send(delivery: Delivery, *, method: str, done_already: set[str]) -> Answer:
    """Call Slack. A text mentions people, and never pages a channel, as all that we say."""
    arguments = dict(delivery.payload)
    if "text" in arguments:
        arguments["text"] = for_slack(arguments["text"])
    if method == "chat.postMessage":
        arguments["metadata"] = mark(delivery)
    try:
        return client.call(method, channel=delivery.channel, **arguments)
    except SlackRefused as error:
        if error.error in done_already:
            return error.answer
        raise


for kind, (method, done_already) in METHODS.items():
    says = kind == "old_post"
    sending = partial(send, method=method, done_already=done_already)
    KINDS[kind] = Kind(
        sending,
        (method,),
        find=find_announced if says else None,
        gate=in_named_channel if says else None,
        what=f"a plugin's call of {method}",
    )
