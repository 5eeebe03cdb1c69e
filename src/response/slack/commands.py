"""`@incident <command> …`, and `/incident <command> …` in an incident's channel: understood, run, and answered."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from response.core.errors import TemporaryError, UserError
from response.core.models import Incident
from response.plugins import Message, registry
from response.plugins.calling import call
from response.plugins.pieces import as_message
from response.slack import contexts, outbox
from response.slack.contexts import Context
from response.slack.models import CommsChannel
from response.slack.payloads import Command, Event, list_at, time_of

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
WORD = re.compile(r"\s*([^\W_]+(?:[-_][^\W_]+)*)\s*(.*)", re.DOTALL)
DONE, NOT_UNDERSTOOD = "white_check_mark", "question"
BEING_MADE = timedelta(minutes=3)
ELSEWHERE = "I take commands in an incident's own channel. `/incident` reports a new one."


@dataclass(frozen=True)
class Said:
    """A command as somebody said it: its name, and the rest as it came, line breaks and all."""

    word: str
    rest: str


def understand(text: str) -> Said:
    """Return the command in a text: its first word, and the rest."""
    match = WORD.match(text)
    return Said(match[1].lower(), match[2].strip()) if match else Said("", "")


def without_mention(text: str, bot_id: str) -> str:
    """Return what follows the mention of us, which may stand anywhere, or else what stands before it."""
    mentions = [match for match in MENTION.finditer(text) if match[1] == bot_id] or list(MENTION.finditer(text))[:1]
    if not mentions:
        return text
    before, after = text[: mentions[0].start()].strip(), text[mentions[0].end() :].strip(" \t:,")
    return after or before


def bot_of(event: Event) -> str:
    """Return our bot's id, as the event says it."""
    bots = [entry.get("user_id", "") for entry in list_at(event.raw, "authorizations") if isinstance(entry, dict)]
    return bots[0] if bots else ""


def is_command(text: str) -> bool:
    """Whether a slash command's text begins with a command of ours."""
    return registry.command_for(understand(text).word) is not None


def run_mention(event: Event) -> None:
    """Run the command of a mention: with a reaction, and a reply in the channel."""
    said = understand(without_mention(event.text, bot_of(event)))
    context = contexts.for_event(event)
    incident = context.incident_here()
    if incident is None:
        wait_for_channel(event)
        outbox.tell(event.user, ELSEWHERE, channel=event.channel)
        return
    handled, reply = run(said, incident, context)
    outbox.react(incident, event.channel, event.ts, DONE if handled else NOT_UNDERSTOOD)
    if reply and reply.is_private:
        tell(incident, context, reply)
    elif reply:
        outbox.post(incident, reply.text, buttons=reply.buttons, thread_ts=event.thread_ts)


def wait_for_channel(event: Event) -> None:
    """Raise TemporaryError while this may be an incident's channel that Slack has made and we have not recorded yet."""
    said_at = time_of(event.ts)
    is_fresh = said_at is not None and timezone.now() - said_at < BEING_MADE
    if is_fresh and CommsChannel.objects.filter(channel_id=None).exists():
        raise TemporaryError("the channel may be an incident's that is being made", retry_after=1)


def run_slash(command: Command) -> None:
    """Run the command of `/incident …`: what it did is said in the channel, what it asks to the person."""
    context = contexts.for_command(command)
    incident = context.incident_here()
    if incident is None:
        raise UserError(ELSEWHERE)
    handled, reply = run(understand(command.text), incident, context)
    reply = reply or Message("Done." if handled else "I did not understand that.", is_private=True)
    if reply.is_private or not handled:
        tell(incident, context, reply)
    else:
        person = f"<@{command.user}>: `/incident {understand(command.text).word}`\n"
        outbox.post(incident, person + reply.text, buttons=reply.buttons)


def run(said: Said, incident: Incident, context: Context) -> tuple[bool, Message | None]:
    """Run a command. Returns whether it was understood, and what to reply."""
    handler = registry.command_for(said.word or "help")
    if handler is None:
        return False, Message(nearest(said), is_private=True)
    extra: dict[str, Callable[[], Any]] = {**context.extra, "message": lambda: said.rest, "incident": lambda: incident}
    result = call(handler.function, "command", contexts.replace_extra(context, extra).provided)
    handled, reply = result if isinstance(result, tuple) and len(result) == 2 else (result is not False, result)
    return bool(handled), as_message(reply or None, handler.key)


def nearest(said: Said) -> str:
    """Return what to say about a command that nobody knows: the nearest one that somebody does."""
    names = sorted({name for handler in registry.commands for name in handler.names})
    near = difflib.get_close_matches(said.word, names, n=1, cutoff=0.5)
    guess = f" Did you mean `{near[0]}`?" if near else ""
    return f"I do not know the command `{said.word[:40]}`.{guess} `@incident help` lists what I understand."


def tell(incident: Incident, context: Context, reply: Message) -> None:
    """Reply to the person alone."""
    outbox.tell(
        context.user_id,
        reply.text,
        channel=context.channel_id,
        response_url=context.response_url,
        incident=incident,
        buttons=reply.buttons,
    )


def not_done(event: Event, reason: str) -> None:
    """Tell the person why their command was not carried out."""
    channel = CommsChannel.objects.select_related("incident").filter(channel_id=event.channel).first()
    incident = channel.incident if channel else None
    outbox.react(incident, event.channel, event.ts, NOT_UNDERSTOOD)
    outbox.tell(event.user, reason, channel=event.channel, incident=incident)
