"""From a stored request to the handlers that want it: each has its own turn, so that none stops another.

Ours are quick and take their turns at once, each behind a savepoint of its own. A plugin's may be slow or fail in any
way, so it gets a job of its own; and so does one of ours that fails, for `handling` knows what becomes of failures.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from response.plugins import registry
from response.plugins.calling import plan
from response.plugins.registry import Handler
from response.slack import commands
from response.slack.handling import perform
from response.slack.models import CommsChannel, Handling, InboundRequest
from response.slack.payloads import Command, Event, Interaction, spoken
from response.slack.queue import INBOUND, defer
from response.slack.surfaces.blocks import LINK

logger = logging.getLogger(__name__)

SPOKEN = {"", "file_share", "thread_broadcast"}  # subtypes of messages that somebody wrote


@dataclass(frozen=True)
class Turn:
    """One handler's turn: `handler` names it (see `handling.run`), `detail` is what it matched."""

    handler: str
    detail: str = ""
    is_ours: bool = False


@transaction.atomic
def dispatch(request_id: int) -> None:
    """Give each handler that wants the request its turn. Doing it again changes nothing."""
    request = InboundRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None or request.handled_at:
        return
    for turn in turns(request):
        lane = f"in:{request.lane}:{in_order(turn.handler)}"
        handling = Handling(request=request, handler=turn.handler, detail=turn.detail[:200])
        if not (turn.is_ours and is_free(lane) and succeeds(handling)):
            handling.save(force_insert=True)
            defer("run_handler", lock=lane, priority=INBOUND, handling_id=handling.pk)
    request.handled_at = timezone.now()
    request.save(update_fields=["handled_at"])


def is_free(lane: str) -> bool:
    """Whether no earlier turn in this lane still waits: then this one may be taken at once."""
    return not ProcrastinateJob.objects.filter(lock=lane[:200], status__in=["todo", "doing"]).exists()


def succeeds(handling: Handling) -> bool:
    """Take a turn now. A failure leaves nothing behind, and has the turn taken again by a job."""
    try:
        with transaction.atomic():
            perform(handling)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001 - whatever it is, the job meets it again, and tells and logs it
        return False
    return True


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
        yield command_turn(Command.of(request.payload).text)


def command_turn(text: str) -> Turn:
    """Return the turn of a command, given without the mention of us."""
    handler = registry.command_for(commands.understand(text).word or "help")
    return Turn("command", is_ours=handler is None or handler.is_built_in)


def needs_incident(event: Event) -> bool:
    """Whether nobody wants such an event unless it is from an incident's channel."""
    if event.type in {"message", "app_mention"}:
        return event.type == "message"
    handlers = registry.events.all(event.type)
    return bool(handlers) and all(map(asks_for_incident, handlers))


def turns_for_event(event: Event) -> Iterator[Turn]:
    """Yield the handlers of an event. What our own bot did comes back as events, and is none."""
    if event.is_our_own:
        return
    if event.type == "app_mention" and not event.is_from_bot:
        yield command_turn(commands.without_mention(event.text, commands.bot_of(event)))
    in_incident = CommsChannel.objects.filter(channel_id=event.channel).exists()
    if event.type == "message" and in_incident and not event.is_from_bot and event.subtype in SPOKEN:
        for handler, word in registry.keywords_in(spoken(event.text)):
            yield Turn(f"keyword:{handler.key}", word, handler.is_built_in)
    handlers = registry.events.all(event.type)
    if not handlers and event.type != "app_mention":
        logger.info('event_unhandled type=%s decorator=@event_handler("%s")', event.type[:60], event.type[:60])
    for handler in handlers:
        if in_incident or not (needs_incident(event) or asks_for_incident(handler)):
            yield Turn(f"event:{handler.key}", is_ours=handler.is_built_in)


def asks_for_incident(handler: Handler) -> bool:
    """Whether the handler makes no sense outside of an incident's channel."""
    return bool({"incident", "comms_channel"} & set(plan(handler.function, handler.kind).values()))


def turns_for_interaction(interaction: Interaction) -> Iterator[Turn]:
    """Yield the handlers of a button, select or form."""
    if interaction.type == "view_submission":
        form = registry.dialogs.get(interaction.callback_id)
        yield Turn(f"dialog:{interaction.callback_id}", is_ours=form is not None and form.is_built_in)
    for number, press in enumerate(interaction.presses):
        if found := registry.actions.get(press.action_id):
            yield Turn(f"action:{press.action_id}", str(number), found.is_built_in)
        elif not press.action_id.startswith(LINK):
            logger.warning("action_unknown action_id=%s", press.action_id[:60])
