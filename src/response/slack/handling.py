"""One handler's turn, in one transaction: it is done once, or retried, or its failure is told to the person."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from response.core import changes
from response.core.errors import UserError
from response.plugins import registry
from response.plugins.calling import call
from response.plugins.pieces import as_message
from response.plugins.registry import Handler
from response.slack import admission, commands, contexts, failures, outbox, people
from response.slack.contexts import Context
from response.slack.limits import within
from response.slack.models import Handling, InboundRequest
from response.slack.payloads import Command, Event, Interaction, spoken

logger = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=10)


def run(handling_id: int) -> None:
    """Run the handler. Raises what is worth a retry; anything else is told to the person who caused it."""
    try:
        within(settings.HANDLER_TIMEOUT, lambda: attend(handling_id))
    except failures.RETRIED as error:
        if not is_hopeless(handling_id):
            raise
        give_up(handling_id, str(error), "I tried for ten minutes and could not do it. Please try again later.")
    except failures.MEANT_FOR_PEOPLE as error:
        give_up(handling_id, failures.sentence(error), failures.sentence(error))
    except Exception as error:  # noqa: BLE001 - the plugin boundary
        handler = Handling.objects.filter(pk=handling_id).values_list("handler", flat=True).first() or "?"
        reference = failures.write_down(error, handler, handling=handling_id)
        give_up(handling_id, f"see the log, reference {reference}", failures.told(error, reference), reference)


def is_hopeless(handling_id: int) -> bool:
    """Whether it was tried for so long that whoever waits behind it, and whoever asked, should know."""
    asked_at = Handling.objects.filter(pk=handling_id).values_list("request__received_at", flat=True).first()
    return asked_at is not None and timezone.now() - asked_at > PATIENCE


def attend(handling_id: int) -> None:
    """Have Slack say who asks, if it has not yet, and take the turn."""
    waiting = Handling.objects.select_related("request").filter(pk=handling_id, done_at=None).first()
    if waiting and (user_id := context_of(waiting).user_id) and needs_member(waiting):
        people.vetted(user_id)
    take_turn(handling_id)


def needs_member(handling: Handling) -> bool:
    """Whether members alone may have this done: what is asked of us, and pinning, which writes on the timeline."""
    kind, _, _ = handling.handler.partition(":")
    return kind in admission.ASKED or handling.request.payload.get("event", {}).get("type") == "pin_added"


@transaction.atomic
def take_turn(handling_id: int) -> None:
    """Do it and mark it done, or neither."""
    handling = claim(handling_id)
    if handling is None:
        return
    perform(handling)
    handling.done_at = timezone.now()
    handling.save(update_fields=["done_at"])


def claim(handling_id: int) -> Handling | None:
    """Lock the turn; None when it is done, or gone."""
    found = Handling.objects.select_for_update(of=("self",)).select_related("request").filter(pk=handling_id).first()
    return found if found and found.done_at is None else None


def perform(handling: Handling) -> None:
    """Find the handler and call it with what it names."""
    kind, _, name = handling.handler.partition(":")
    context = context_of(handling)
    person = context.person
    if kind in admission.ASKED and not admission.admits(person, context.incident()):
        if kind == "keyword":  # nobody asked for anything
            return
        raise UserError(admission.KINDLY)
    with changes.acting(person, via="slack"):
        if kind == "command":
            run_command(handling.request)
            return
        handler = find(kind, name)
        if handler is None:
            logger.warning("handler_gone handler=%s", handling.handler)
            return
        if kind == "keyword" and not handling.detail:
            event = Event.of(handling.request.payload)
            word = registry.looked_up(handler, spoken(event.text))
            if word is None:
                return
            context = contexts.for_event(event, keyword=word)
        answer(handler, context, call(handler.function, kind, context.provided))


def run_command(request: InboundRequest) -> None:
    """Run a command, however it was given."""
    if request.kind == InboundRequest.Kind.COMMAND:
        commands.run_slash(Command.of(request.payload))
    else:
        commands.run_mention(Event.of(request.payload))


def find(kind: str, name: str) -> Handler | None:
    """Return the handler of a turn; None when it was removed since."""
    if kind == "action":
        return registry.actions.get(name)
    if kind == "dialog":
        return registry.dialogs.get(name)
    return (registry.keywords if kind == "keyword" else registry.events).by_key(name)


def context_of(handling: Handling) -> Context:
    """Return what the request says of where and who."""
    payload = handling.request.payload
    if handling.request.kind == InboundRequest.Kind.EVENT:
        return contexts.for_event(Event.of(payload), keyword=handling.detail)
    if handling.request.kind == InboundRequest.Kind.COMMAND:
        return contexts.for_command(Command.of(payload))
    interaction = Interaction.of(payload)
    if handling.handler.startswith("dialog:"):
        return contexts.for_form(interaction)
    return contexts.for_press(interaction, interaction.presses[int(handling.detail or 0)])


def answer(handler: Handler, context: Context, result: object) -> None:
    """Say what the handler returned: to the channel after a keyword, to the person after a button or form."""
    message = as_message(result, handler.key)
    if message is None:
        return
    incident = context.incident_here()
    if handler.kind in {"keyword", "event"} and incident and not message.is_private:
        outbox.post(incident, message.text, buttons=message.buttons, thread_ts=context.provided["thread_ts"]())
    elif context.user_id:
        channel, url = context.channel_id, context.response_url
        outbox.tell(context.user_id, message.text, channel=channel, response_url=url, buttons=message.buttons)


def give_up(handling_id: int, error: str, told: str, reference: str = "") -> None:
    """Note why the turn failed, and tell the person who caused it."""
    with transaction.atomic():
        handling = claim(handling_id)
        if handling is None:
            return
        handling.done_at, handling.error, handling.reference = timezone.now(), error, reference
        handling.save()
        context = context_of(handling)
        if handling.request.kind == InboundRequest.Kind.EVENT and handling.handler == "command":
            commands.not_done(Event.of(handling.request.payload), told)
        elif context.user_id and not handling.handler.startswith(("event:", "keyword:")):
            outbox.tell(context.user_id, told, channel=context.channel_id, response_url=context.response_url)
