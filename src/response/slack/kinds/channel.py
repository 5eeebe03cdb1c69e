"""Making the incident's channel and filling it."""

from contextlib import nullcontext, suppress

from response.core.errors import PermanentError
from response.core.models import Person
from response.slack import channels, client, outbox
from response.slack.client import SlackRefused
from response.slack.kinds.base import Answer, Kind, channel_of, channels_named, incident_of
from response.slack.models import CommsChannel, Delivery
from response.slack.payloads import dict_at, text_at

NAMES = 9  # how many names are tried before somebody is asked
MOST_INVITED = 100  # a call: https://docs.slack.dev/reference/methods/conversations.invite


def names_for(delivery: Delivery) -> list[str]:
    incident = incident_of(delivery)
    return [channels.channel_name(incident, attempt) for attempt in range(1, NAMES + 1)]


def create(delivery: Delivery) -> Answer:
    """Make the channel. A name that is taken, be it by an archived channel, gets a number."""
    for name in names_for(delivery):
        try:
            return client.call("conversations.create", name=name, is_private=False)
        except SlackRefused as error:
            if error.error != "name_taken":
                raise
    raise PermanentError("every name for the channel is taken", advice="Change INCIDENT_CHANNEL_TEMPLATE.")


def find_created(delivery: Delivery) -> Answer | None:
    """Return the channel that an earlier try made: ours by its creator, and nobody's yet."""
    ours = text_at(client.call("auth.test"), "user_id")
    for channel in channels_named(set(names_for(delivery))):
        unused = not CommsChannel.objects.filter(channel_id=text_at(channel, "id")).exists()
        young = int(channel.get("created") or 0) >= int(delivery.created_at.timestamp()) - 60
        if text_at(channel, "creator") == ours and unused and young:
            return {"ok": True, "channel": channel}
    return None


def settle_created(delivery: Delivery, answer: Answer) -> None:
    channels.made(incident_of(delivery), dict_at(answer, "channel"), by=delivery.payload.get("by", ""))


def invite(delivery: Delivery) -> Answer:
    """Bring people in. Somebody who cannot be invited does not keep the others out."""
    channel, users = channel_of(delivery), delivery.payload["users"]
    answer: Answer = {}
    for start in range(0, len(users), MOST_INVITED):
        answer = invite_some(channel, users[start : start + MOST_INVITED])
    return answer


def invite_some(channel: str, users: list[str]) -> Answer:
    try:
        return client.call("conversations.invite", channel=channel, users=",".join(users))
    except SlackRefused as error:
        if error.error == "already_in_channel" and len(users) == 1:
            return error.answer
        if len(users) == 1 or error.error not in ONE_BY_ONE:
            raise
    refusals = []
    for user in users:
        try:
            invite_some(channel, [user])
        except SlackRefused as error:
            refusals.append(f"{user}: {error.error}")
    if refusals:
        raise PermanentError(f"not invited: {', '.join(refusals)}", advice="Invite them by hand.")
    return {"ok": True}


ONE_BY_ONE = {
    "already_in_channel",
    "cant_invite",
    "cant_invite_self",
    "user_not_found",
    "users_not_found",
    "user_is_restricted",
    "user_is_ultra_restricted",
    "ura_max_channels",
    "user_disabled",
    "user_team_not_in_channel",
}


def join(delivery: Delivery) -> Answer:
    """Come back into a public channel that somebody took us out of, or only try to when what comes next tells it."""
    with suppress(SlackRefused) if delivery.payload.get("if_possible") else nullcontext():
        return client.call("conversations.join", channel=channel_of(delivery))
    return {"ok": True}


def rename(delivery: Delivery) -> Answer:
    return client.call("conversations.rename", channel=channel_of(delivery), name=delivery.payload["name"])


def tell_not_renamed(delivery: Delivery, reason: str) -> None:
    """Tell who wanted another name that the channel keeps its own."""
    why = "the name is taken" if reason == "name_taken" else reason
    text = f"The channel keeps its name: Slack does not allow `{delivery.payload['name']}` ({why})."
    incident = incident_of(delivery)
    outbox.tell(delivery.payload["by"], text, channel=incident.commschannel.channel_id or "", incident=incident)


def take_back(delivery: Delivery, reason: str) -> None:
    """Offer the button again, and tell who pressed it why there is no channel."""
    incident = incident_of(delivery)
    CommsChannel.objects.filter(incident=incident, channel_id=None).delete()
    outbox.refresh("headline", incident)
    if delivery.payload.get("by"):
        text = f"Slack would not make the channel for incident {incident.number} ({reason})."
        outbox.tell(delivery.payload["by"], text, incident=incident)


def want_again(delivery: Delivery) -> bool:
    """Ask for the channel as a press of the button does: when it was refused, the wish was taken back."""
    presser = Person.objects.filter(app_id="slack", external_id=delivery.payload.get("by", "")).first()
    incident = incident_of(delivery)
    channels.open_for(incident, by=presser or incident.reporter)
    return True


def is_renamed_since(delivery: Delivery) -> bool:
    """Whether somebody gave the channel another name after this one: then nothing is left to do."""
    later = Delivery.objects.filter(kind="rename", incident=delivery.incident, pk__gt=delivery.pk)
    return later.filter(state__in=["waiting", "sending", "sent"]).exists()


def settle_renamed(delivery: Delivery, answer: Answer) -> None:
    """Take over the name that Slack gave: it may differ from the one wanted."""
    name = text_at(answer, "channel", "name") or delivery.payload["name"]
    CommsChannel.objects.filter(incident_id=delivery.incident_id or 0).update(channel_name=name)
    channels.remember(channel_of(delivery), name)
    outbox.refresh("headline", incident_of(delivery))


def pin(delivery: Delivery) -> Answer:
    with suppress_error("already_pinned"):
        return client.call("pins.add", channel=channel_of(delivery), timestamp=delivery.payload["ts"])
    return {"ok": True}


class suppress_error(suppress):  # noqa: N801 - reads as the verb it is
    """Take one of Slack's errors for done."""

    def __init__(self, name: str) -> None:
        super().__init__(SlackRefused)
        self.name = name

    def __exit__(self, kind, error, traceback) -> bool:  # type: ignore[no-untyped-def]
        return isinstance(error, SlackRefused) and error.error == self.name


CREATE_CHANNEL = Kind(
    create,
    ("conversations.create",),
    settle=settle_created,
    find=find_created,
    refused=take_back,
    what="the incident's channel",
    again=want_again,
)
INVITE = Kind(invite, ("conversations.invite",), what="an invitation to the channel")
JOIN = Kind(join, ("conversations.join",), what="the app's way into the channel")
RENAME = Kind(
    rename,
    ("conversations.rename",),
    settle=settle_renamed,
    refused=tell_not_renamed,
    what="the channel's new name",
    again=is_renamed_since,
)
PIN = Kind(pin, ("pins.add",), what="the pin of the card")
