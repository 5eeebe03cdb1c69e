"""`@incident <command> …`: understood, run, and answered."""

import difflib
import re
from dataclasses import dataclass

from response.core.models import Incident
from response.plugins import registry
from response.plugins.calling import call
from response.plugins.registry import Handler
from response.slack import contexts, outbox
from response.slack.models import CommsChannel
from response.slack.payloads import Event, list_at

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
WORD = re.compile(r"\s*([^\W_]+(?:[-_][^\W_]+)*)\s*(.*)", re.DOTALL)
DONE, NOT_UNDERSTOOD = "white_check_mark", "question"


@dataclass(frozen=True)
class Said:
    """A command as somebody said it: its name, and the rest as it came, line breaks and all."""

    word: str
    rest: str


def understand(text: str, bot_id: str) -> Said:
    """Return the command in a message that mentions us. The mention may stand anywhere; ours is taken out."""
    mentions = [match for match in MENTION.finditer(text) if match[1] == bot_id] or list(MENTION.finditer(text))[:1]
    if mentions:
        first = mentions[0]
        before, after = text[: first.start()].strip(), text[first.end() :].strip(" \t:,")
        text = after or before
    match = WORD.match(text)
    return Said(match[1].lower(), match[2].strip()) if match else Said("", "")


def bot_of(event: Event) -> str:
    """Return our bot's id, as the event says it."""
    bots = [entry.get("user_id", "") for entry in list_at(event.raw, "authorizations") if isinstance(entry, dict)]
    return bots[0] if bots else ""


def run(event: Event) -> None:
    """Run the command of a mention. Raises UserError when it cannot be done."""
    context = contexts.for_event(event)
    incident = context.incident_here()
    if incident is None:
        outbox.tell(
            event.user,
            "I take commands in an incident's own channel. `/incident` reports a new one.",
            channel=event.channel,
        )
        return
    said = understand(event.text, bot_of(event))
    handler = registry.command_for(said.word or "help")
    if handler is None:
        not_understood(event, incident, said)
        return
    extra = {"message": lambda: said.rest, **context.extra}
    result = call(handler.function, "command", contexts.replace_extra(context, extra).provided)
    answer(event, incident, handler, result)


def answer(event: Event, incident: Incident, handler: Handler, result: object) -> None:
    """React and reply. A handler returns what to reply, None, or the original's pair (handled, reply)."""
    handled, reply = result if isinstance(result, tuple) else (True, result)
    outbox.react(incident, event.channel, event.ts, DONE if handled else NOT_UNDERSTOOD)
    if not reply:
        return
    if "help" in handler.names:
        outbox.tell(event.user, str(reply), channel=event.channel, incident=incident)
    else:
        outbox.post(incident, str(reply), thread_ts=event.thread_ts)


def not_understood(event: Event, incident: Incident, said: Said) -> None:
    """Offer the nearest command."""
    names = sorted({name for handler in registry.commands for name in handler.names})
    near = difflib.get_close_matches(said.word, names, n=1, cutoff=0.5)
    guess = f" Did you mean `{near[0]}`?" if near else ""
    outbox.react(incident, event.channel, event.ts, NOT_UNDERSTOOD)
    outbox.tell(
        event.user,
        f"I do not know the command `{said.word[:40]}`.{guess} `@incident help` lists what I understand.",
        channel=event.channel,
        incident=incident,
    )


def not_done(event: Event, reason: str) -> None:
    """Tell the person why their command was not carried out."""
    channel = CommsChannel.objects.select_related("incident").filter(channel_id=event.channel or None).first()
    incident = channel.incident if channel else None
    outbox.react(incident, event.channel, event.ts, NOT_UNDERSTOOD)
    outbox.tell(event.user, reason, channel=event.channel, incident=incident)
