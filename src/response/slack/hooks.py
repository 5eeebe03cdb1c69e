"""Lifecycle handlers: each runs in a job of its own, once, after what happened is stored."""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from response.core import about
from response.core.changes import acting, actor
from response.core.models import Incident, TimelineEvent
from response.plugins import registry
from response.plugins.calling import Provided, call
from response.plugins.pieces import as_message
from response.slack import failures, outbox
from response.slack.chat import SlackChat
from response.slack.limits import within
from response.slack.models import CommsChannel, HookCall
from response.slack.queue import CHORE, defer

logger = logging.getLogger(__name__)


def announce(moment: str, incident: Incident, events: Sequence[TimelineEvent] = ()) -> None:
    """Give each handler of this moment its job."""
    for handler in registry.hooks.all(moment):
        ids = [event.pk for event in events]
        turn = HookCall.objects.create(handler=handler.key, incident=incident, person=actor().person, events=ids)
        defer("run_hook", lock=f"hook:{incident.pk}:{handler.key}", priority=CHORE, hook_call_id=turn.pk)


def run(hook_call_id: int) -> None:
    """Run one handler, once. Raises what is worth a retry; anything else is noted, with a reference in the log."""
    try:
        within(settings.HANDLER_TIMEOUT, lambda: take_turn(hook_call_id))
    except failures.RETRIED:
        raise
    except Exception as error:  # noqa: BLE001 - the plugin boundary: a handler may fail in any way, and alone
        give_up(hook_call_id, error)


@transaction.atomic
def give_up(hook_call_id: int, error: Exception) -> None:
    """Note why a turn failed, and tell who caused what it follows."""
    turn = HookCall.objects.select_related("incident", "person").get(pk=hook_call_id)
    reference = failures.write_down(error, turn.handler, hook_call=turn.pk)
    turn.done_at, turn.error = timezone.now(), f"{type(error).__name__}, reference {reference}"[:200]
    turn.save(update_fields=["done_at", "error"])
    if turn.person:
        text = f"A plugin that follows incident {turn.incident.number} failed. {failures.told(error, reference)}"
        outbox.tell(turn.person, text, incident=turn.incident)


@transaction.atomic
def take_turn(hook_call_id: int) -> None:
    """Call the handler and mark it done, or neither. What it returns is posted, or told to who caused it."""
    waiting = HookCall.objects.select_for_update(of=("self",)).select_related("incident", "person")
    turn = waiting.filter(pk=hook_call_id, done_at=None).first()
    if turn is None:
        return
    about.note(incident=turn.incident_id)
    found = registry.hooks.by_key(turn.handler)
    if found is None:
        logger.warning("handler_gone handler=%s", turn.handler)
        return
    with acting(turn.person, via="slack"):
        message = as_message(call(found.function, "hook", provided(turn)), found.key)
        if message and not message.is_private:
            outbox.post(turn.incident, message.text, buttons=message.buttons)
        elif message and turn.person:
            outbox.tell(turn.person, message.text, incident=turn.incident, buttons=message.buttons)
    turn.done_at = timezone.now()
    turn.save(update_fields=["done_at"])


def provided(turn: HookCall) -> Provided:
    """Return what a lifecycle handler may name."""
    return {
        "incident": lambda: turn.incident,
        "user": lambda: turn.person,
        "changes": lambda: changes_in(turn.events),
        "comms_channel": lambda: CommsChannel.objects.filter(incident=turn.incident).first(),
        "chat": SlackChat,
    }


def changes_in(events: Sequence[int]) -> list[dict[str, Any]]:
    """Return what changed, as {"field", "old", "new"}."""
    return [
        {
            "field": str(event.metadata.get("update_type", "")).removeprefix("incident_"),
            "old": event.metadata.get("old_value"),
            "new": event.metadata.get("new_value"),
        }
        for event in TimelineEvent.objects.filter(pk__in=events).order_by("id")
    ]
