"""Asking for something to be said or done in Slack. Nothing here calls Slack: it writes the row and its job.

Call these inside the transaction of the change that caused them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from response.core.models import Incident, Person
from response.plugins import Button
from response.slack.models import CommsChannel, Delivery
from response.slack.queue import COSMETIC, DECLARE, TALK, defer

URGENT = {"headline", "create_channel", "invite", "join"}


def ask(kind: str, *, incident: Incident | None, channel: str, place: str = "", **payload: Any) -> Delivery:
    """Write a delivery and its job. `place` names the lane's channel where the real one is not known yet."""
    return queue(
        Delivery(
            kind=kind, incident=incident, channel=channel, lane=lane_of(incident, place or channel), payload=payload
        )
    )


def lane_of(incident: Incident | None, place: str) -> str:
    """Return what goes in order: an incident's own traffic in one place."""
    return f"out:{incident.pk if incident else '-'}:{place}"[:120]


def queue(delivery: Delivery) -> Delivery:
    """Store the delivery and defer its job."""
    delivery.save(force_insert=True)
    defer("deliver", lock=delivery.lane, priority=priority_of(delivery), delivery_id=delivery.pk)
    return delivery


def priority_of(delivery: Delivery) -> int:
    """Return what goes first: declaring, then what people say, then what merely looks right."""
    if delivery.kind in URGENT:
        return DECLARE
    return COSMETIC if delivery.merge_key else TALK


@transaction.atomic
def refresh(surface: str, incident: Incident) -> None:
    """Bring a surface up to date ("headline", "card" or "topic"), once for however many changes wait.

    It is rendered when it is sent. The waiting row stays locked until this transaction ends, so that whoever
    sends it sees this change too.
    """
    place = settings.INCIDENT_CHANNEL_NAME if surface == "headline" else "comms"
    key, lane = f"{surface}:{incident.pk}", lane_of(incident, place)
    while not Delivery.objects.select_for_update().filter(merge_key=key).exists():
        try:
            with transaction.atomic():
                queue(Delivery(kind=surface, incident=incident, channel=place, lane=lane, merge_key=key))
        except IntegrityError:
            continue  # somebody else asked in the same moment
        return


# What was posted within a block, and the buttons that go under it (see `noting`).
_noted: ContextVar[tuple[list[Delivery], Sequence[Button]] | None] = ContextVar("noted", default=None)


@contextmanager
def noting(buttons: Sequence[Button] = ()) -> Iterator[list[Delivery]]:
    """Yield the list of what is posted in the incident's channel within the block; each gets the buttons too."""
    noted: list[Delivery] = []
    token = _noted.set((noted, buttons))
    try:
        yield noted
    finally:
        _noted.reset(token)


def post(incident: Incident, text: str, *, buttons: Sequence[Button] = (), thread_ts: str = "") -> None:
    """Say something in the incident's channel. The text is mrkdwn. Without a channel nothing is said."""
    if not CommsChannel.objects.filter(incident=incident).exists():
        return
    noted, more = _noted.get() or ([], ())
    shown = [button.__dict__ for button in (*buttons, *more)]
    payload = {"text": text, "buttons": shown, "thread_ts": thread_ts}
    noted.append(ask("post", incident=incident, channel="comms", place="comms", **payload))


def announce(incident: Incident, channel: str, text: str, *, buttons: Sequence[Button] = ()) -> None:
    """Say something about an incident in another channel, named `#like-this` or by its id."""
    shown = [button.__dict__ for button in buttons]
    ask("announce", incident=incident, channel=channel, text=text, buttons=shown)


def post_under_headline(incident: Incident, text: str) -> None:
    """Say something in the thread of the headline post."""
    place = settings.INCIDENT_CHANNEL_NAME
    ask("headline_reply", incident=incident, channel=place, place=place, text=text)


def tell(
    person: Person | str,
    text: str,
    *,
    channel: str = "",
    response_url: str = "",
    incident: Incident | None = None,
    buttons: Sequence[Button] = (),
) -> None:
    """Say something that only this person sees: where they acted, or as a direct message. In Slack, that is."""
    if isinstance(person, Person) and person.app_id != "slack":
        return
    user = person if isinstance(person, str) else person.external_id
    payload = {"text": text, "user": user, "response_url": response_url, "buttons": [b.__dict__ for b in buttons]}
    ask("tell", incident=incident, channel=channel, place=f"to {user}", **payload)


def react(incident: Incident | None, channel: str, ts: str, name: str) -> None:
    """Put a reaction on a message."""
    ask("react", incident=incident, channel=channel, place="comms" if incident else channel, ts=ts, name=name)


def invite(incident: Incident, people: Sequence[Person | None]) -> None:
    """Bring people into the incident's channel. Those who are in it already stay."""
    ids = list(dict.fromkeys(p.external_id for p in people if p and p.app_id == "slack" and not p.is_bot))
    if ids:
        ask("invite", incident=incident, channel="comms", place="comms", users=ids)
