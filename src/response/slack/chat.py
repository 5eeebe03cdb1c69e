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
    """Slack, as seen from where somebody acted: `user_id` in `channel_id`, whom `response_url` answers."""

    channel_id: str = ""
    user_id: str = ""
    response_url: str = ""

    def post(
        self, incident: Incident, text: str, *, buttons: Sequence[Button] = (), thread_ts: str | None = None
    ) -> None:
        """Say something in the incident's channel."""
        outbox.post(incident, text, buttons=buttons, thread_ts=thread_ts or "")

    def announce(self, incident: Incident, channel: str, text: str, *, buttons: Sequence[Button] = ()) -> None:
        """Say something about an incident in another channel."""
        outbox.announce(incident, channel, text, buttons=buttons)

    def post_under_headline(self, incident: Incident, text: str) -> None:
        """Say something in the thread of the incident's headline post."""
        outbox.post_under_headline(incident, text)

    def refresh_headline(self, incident: Incident) -> None:
        """Show the headline post anew."""
        outbox.refresh("headline", incident)

    def tell(self, person: Person, text: str, *, buttons: Sequence[Button] = ()) -> None:
        """Say something that only this person sees."""
        url = self.response_url if person.external_id == self.user_id else ""  # it answers who acted, and nobody else
        outbox.tell(person, text, channel=self.channel_id, response_url=url, buttons=buttons)

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
