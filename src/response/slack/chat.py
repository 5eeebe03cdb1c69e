"""The chat as handlers see it (`response.plugins.contexts.Chat`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from response.core.models import Incident, Person
from response.plugins import Button
from response.slack import channels, outbox
from response.slack.models import SlackChannel


@dataclass(frozen=True)
class SlackChat:
    """Slack, as seen from where somebody acted."""

    channel_id: str = ""
    response_url: str = ""

    def post(self, incident: Incident, text: str, *, buttons: Sequence[Button] = ()) -> None:
        """Say something in the incident's channel."""
        outbox.post(incident, text, buttons=buttons)

    def tell(self, person: Person, text: str, *, buttons: Sequence[Button] = ()) -> None:
        """Say something that only this person sees."""
        outbox.tell(person, text, channel=self.channel_id, response_url=self.response_url, buttons=buttons)

    def open_channel(self, incident: Incident, *, by: Person) -> bool:
        """Make the incident's channel. False when there is one, or one is on its way."""
        return channels.open_for(incident, by=by)

    def rename_channel(self, incident: Incident, name: str, *, by: Person) -> None:
        """Give the incident's channel another name; who wanted it is told when Slack refuses."""
        outbox.ask(
            "rename", incident=incident, channel="comms", place="comms", name=channels.slug(name), by=by.external_id
        )

    def incidents_channel(self) -> str:
        """Return a mention of the channel of the headline posts."""
        name = settings.INCIDENT_CHANNEL_NAME
        known = SlackChannel.objects.filter(name=name).first()
        return f"<#{known.channel_id}>" if known else f"#{name}"
