"""From a stored request to the handlers that want it: one job each, so that none stops another."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from response.plugins import registry
from response.plugins.calling import plan
from response.plugins.registry import Handler
from response.slack.models import CommsChannel, Handling, InboundRequest
from response.slack.payloads import Event, Interaction, spoken
from response.slack.queue import INBOUND, defer

logger = logging.getLogger(__name__)

OWN = {
    "message",
    "app_mention",
    "pin_added",
    "pin_removed",
    "reaction_added",
    "reaction_removed",
    "member_joined_channel",
}


SPOKEN = {"", "file_share", "thread_broadcast"}  # subtypes of messages that somebody wrote


@dataclass(frozen=True)
class Turn:
    """One handler's turn: `handler` names it (see `handling.run`), `detail` is what it matched."""

    handler: str
    detail: str = ""


@transaction.atomic
def dispatch(request_id: int) -> None:
    """Give each handler that wants the request its own job. Doing it again changes nothing."""
    request = InboundRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None or request.handled_at:
        return
    for turn in turns(request):
        handling = Handling.objects.create(request=request, handler=turn.handler, detail=turn.detail[:200])
        defer(
            "run_handler", lock=f"in:{request.lane}:{in_order(turn.handler)}", priority=INBOUND, handling_id=handling.pk
        )
    request.handled_at = timezone.now()
    request.save(update_fields=["handled_at"])


def in_order(handler: str) -> str:
    """Return what takes its turns in order: commands, and the handlers of one module (pinning, unpinning)."""
    kind, _, name = handler.partition(":")
    return name.rpartition(".")[0] or handler if kind in {"event", "keyword"} else handler


def turns(request: InboundRequest) -> Iterator[Turn]:
    """Yield who wants this request."""
    if request.kind == InboundRequest.Kind.EVENT:
        yield from turns_for_event(Event.of(request.payload))
    elif request.kind == InboundRequest.Kind.INTERACTION:
        yield from turns_for_interaction(Interaction.of(request.payload))
    elif request.kind == InboundRequest.Kind.COMMAND:
        yield Turn("command")


def needs_incident(event: Event) -> bool:
    """Whether nobody wants such an event unless it is from an incident's channel."""
    return event.type == "message"


def turns_for_event(event: Event) -> Iterator[Turn]:
    """Yield the handlers of an event. What our own bot did comes back as events, and is none."""
    if event.is_our_own:
        return
    if event.type == "app_mention" and not event.is_from_bot:
        yield Turn("command")
    in_incident = CommsChannel.objects.filter(channel_id=event.channel).exists()
    if event.type == "message" and in_incident and not event.is_from_bot and event.subtype in SPOKEN:
        for handler, word in registry.keywords_in(spoken(event.text)):
            yield Turn(f"keyword:{handler.key}", word)
    for handler in registry.events.all(event.type):
        if in_incident or not (needs_incident(event) or asks_for_incident(handler)):
            yield Turn(f"event:{handler.key}")


def asks_for_incident(handler: Handler) -> bool:
    """Whether the handler makes no sense outside of an incident's channel."""
    return bool({"incident", "comms_channel"} & set(plan(handler.function, handler.kind).values()))


def turns_for_interaction(interaction: Interaction) -> Iterator[Turn]:
    """Yield the handlers of a button, select or form."""
    if interaction.type == "view_submission":
        yield Turn(f"dialog:{interaction.callback_id}")
    for number, press in enumerate(interaction.presses):
        if registry.actions.get(press.action_id):
            yield Turn(f"action:{press.action_id}", str(number))
        else:
            logger.warning("action_unknown action_id=%s", press.action_id[:60])
