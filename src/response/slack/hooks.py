"""Lifecycle handlers: each runs in a job of its own, after what happened is stored."""

import logging
from typing import Any

from django.db import transaction

from response.core.changes import Change, acting, actor
from response.core.models import Incident, Person
from response.plugins import Message, registry
from response.plugins.calling import Provided, call
from response.slack import outbox
from response.slack.chat import SlackChat
from response.slack.models import CommsChannel
from response.slack.queue import CHORE, defer

logger = logging.getLogger(__name__)


def announce(moment: str, incident: Incident, changes: list[Change] | None = None) -> None:
    """Give each handler of this moment its job."""
    person = actor().person
    told = [{"field": change.field, **change.metadata()} for change in changes or ()]
    for handler in registry.hooks.all(moment):
        defer(
            "run_hook",
            lock=f"hook:{incident.pk}:{handler.key}",
            priority=CHORE,
            handler=handler.key,
            incident_id=incident.pk,
            person_id=person.pk if person else None,
            changes=[{"field": c["field"], "old": c["old_value"], "new": c["new_value"]} for c in told],
        )


def run(*, handler: str, incident_id: int, person_id: int | None, changes: list[dict[str, Any]]) -> None:
    """Run one handler. What it returns is posted in the incident's channel."""
    found = registry.hooks.by_key(handler)
    if found is None:
        logger.warning("handler_gone handler=%s", handler)
        return
    incident = Incident.objects.get(pk=incident_id)
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    provided: Provided = {
        "incident": lambda: incident,
        "user": lambda: person,
        "changes": lambda: changes,
        "comms_channel": lambda: CommsChannel.objects.filter(incident=incident).first(),
        "chat": SlackChat,
    }
    with transaction.atomic(), acting(person, via="slack"):
        result = call(found.function, "hook", provided)
        if isinstance(result, Message):
            outbox.post(incident, result.text, buttons=result.buttons)
        elif isinstance(result, str) and result:
            outbox.post(incident, result)
