"""What a handler gets, made from what Slack sent. Nothing is looked up before a handler asks for it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.utils.functional import cached_property  # functools' has one lock for all threads, until Python 3.12

from response.core import about, clock
from response.core.errors import UserError
from response.core.models import Incident, Person
from response.plugins.contexts import ActionContext
from response.slack import people
from response.slack.chat import SlackChat
from response.slack.compat import dialogs
from response.slack.models import CommsChannel, HeadlinePost
from response.slack.payloads import Command, Event, Interaction, Press, dict_at, time_of
from response.slack.surfaces import forms
from response.slack.text import editable

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Context:
    """Where something happened and who did it, with what its handlers may name."""

    user_id: str = ""
    user_name: str = ""
    channel_id: str = ""
    response_url: str = ""
    trigger_id: str = ""
    message_ts: str = ""
    incident_id: str = ""
    extra: Mapping[str, Callable[[], Any]] = field(default_factory=dict)

    @property
    def provided(self) -> Mapping[str, Callable[[], Any]]:
        """Every name that a handler may ask for, with how to get it."""
        return {
            "incident": self.incident,
            "user": lambda: self.person,
            "user_id": lambda: self.user_id,
            "channel_id": lambda: self.channel_id,
            "response_url": lambda: self.response_url,
            "trigger_id": lambda: self.trigger_id,
            "comms_channel": self.comms_channel,
            "chat": self.chat,
            **self.extra,
        }

    @cached_property
    def person(self) -> Person | None:
        """Who did it; None when nobody did."""
        return people.known(self.user_id, name=self.user_name) if self.user_id else None

    def comms_channel(self) -> CommsChannel | None:
        """The incident's channel this happened in, or else the incident's own."""
        channels = CommsChannel.objects.select_related("incident")
        here = channels.filter(channel_id=self.channel_id).first() if self.channel_id else None
        if here or not self.incident_id.isdigit():
            return here
        return channels.filter(incident_id=int(self.incident_id)).first()

    def incident(self) -> Incident | None:
        """The incident of the channel or the headline; elsewhere the one whose number the button or form carries."""
        return self.incident_here() or noted(self.incident_of_headline() or self.named_incident())

    def incident_here(self) -> Incident | None:
        found = CommsChannel.objects.select_related("incident").filter(channel_id=self.channel_id).first()
        return noted(found.incident if found else None)

    def incident_of_headline(self) -> Incident | None:
        if not self.message_ts:
            return None
        headlines = HeadlinePost.objects.select_related("incident")
        found = headlines.filter(channel_id=self.channel_id, message_ts=self.message_ts).first()
        return found.incident if found else None

    def named_incident(self) -> Incident | None:
        if not (self.incident_id.isascii() and self.incident_id.isdigit() and len(self.incident_id) < 18):
            return None
        return Incident.objects.filter(pk=int(self.incident_id)).first()

    def chat(self) -> SlackChat:
        """The chat, as seen from where this happened."""
        return SlackChat(channel_id=self.channel_id, user_id=self.user_id, response_url=self.response_url)


def for_event(event: Event, **more: Any) -> Context:
    """Return the context of an event; `more` are further names, such as `keyword`."""
    known = {
        "event": event.inner,
        "text": event.text,
        "ts": event.ts,
        "thread_ts": event.thread_ts,
        "said_at": time_of(event.ts) or clock.now(),
        **more,
    }
    return Context(
        user_id=event.user,
        channel_id=event.channel,
        extra={name: partial(lambda value: value, value) for name, value in known.items()},
    )


def for_command(command: Command) -> Context:
    """Return the context of a slash command."""
    return Context(
        user_id=command.user,
        user_name=command.user_name,
        channel_id=command.channel,
        response_url=command.response_url,
        trigger_id=command.trigger_id,
        extra={
            "text": lambda: editable(command.text),
            "event": dict,
            "value": str,
            "ts": str,
            "thread_ts": str,
            "said_at": clock.now,
        },
    )


def for_press(interaction: Interaction, press: Press) -> Context:
    """Return the context of a button or select."""
    context = Context(
        user_id=interaction.user,
        user_name=interaction.user_name,
        channel_id=interaction.channel,
        response_url=interaction.response_url,
        trigger_id=interaction.trigger_id,
        message_ts=interaction.message_ts,
        incident_id=press.value,
    )
    message = dict_at(interaction.raw, "message")
    extra = {
        "value": lambda: press.value,
        "text": lambda: "",
        "message": lambda: message,
        "context": lambda: ActionContext(
            incident=required(context.incident()),
            user_id=interaction.user,
            message=message,
            value=press.value,
            trigger_id=interaction.trigger_id,
            response_url=interaction.response_url,
        ),
        "incident": lambda: required(context.incident()),
    }
    return replace_extra(context, extra)


def for_form(interaction: Interaction) -> Context:
    """Return the context of a submitted form."""
    state = interaction.remembered.get("state", "")
    context = Context(
        user_id=interaction.user,
        user_name=interaction.user_name,
        channel_id=interaction.channel,
        response_url=interaction.response_url,
        incident_id=interaction.remembered.get("incident", state),
    )
    extra = {
        "submission": lambda: with_people(forms.submission(interaction.view)),
        "texts": lambda: dialogs.texts(interaction.view),
        "changed": lambda: with_people(forms.changed(interaction.view)),
        "state": lambda: state,
        "incident": lambda: required(context.incident()),
    }
    return replace_extra(context, extra)


def replace_extra(context: Context, extra: Mapping[str, Callable[[], Any]]) -> Context:
    """Return the context with further names."""
    return replace(context, extra=extra)


def required(incident: Incident | None) -> Incident:
    """Return the incident, or tell the person that there is none."""
    if incident is None:
        raise UserError("I cannot find the incident that this belongs to.")
    return incident


def with_people(submission: dict[str, Any]) -> dict[str, Any]:
    """Turn the people chosen in a form, given as ids, into persons."""
    return {
        name: people.known(value.id) if isinstance(value, forms.PersonId) else value
        for name, value in submission.items()
    }


def noted(incident: Incident | None) -> Incident | None:
    """Return the incident, which the log knows from here on."""
    about.note(incident=incident.pk if incident else None)
    return incident
