"""What Slack is told when the record changes. Core announces; this listens, and asks the outbox."""

from typing import Any

from response.core import signals
from response.core.changes import Change, actor
from response.core.models import Incident, Person, TimelineEvent
from response.slack import channels, hooks, outbox, people
from response.slack.models import CommsChannel, HeadlinePost
from response.slack.text import pieces

ON_CARD = {"report", "summary", "impact", "lead", "severity", "end_time", "reporter", "start_time"}
IN_TOPIC = {"report", "severity", "end_time", "lead"}


def connect() -> None:
    """Start listening."""
    signals.incident_opened.connect(opened, dispatch_uid="slack.opened")
    signals.incident_changed.connect(changed, dispatch_uid="slack.changed")
    signals.incident_closed.connect(closed, dispatch_uid="slack.closed")
    signals.incident_reopened.connect(reopened, dispatch_uid="slack.reopened")
    signals.timeline_changed.connect(written, dispatch_uid="slack.written")
    signals.channel_wanted.connect(wanted, dispatch_uid="slack.wanted")
    channels.channel_created.connect(filled, dispatch_uid="slack.filled")


def opened(incident: Incident, **_: Any) -> None:
    """Post the headline."""
    HeadlinePost.objects.get_or_create(incident=incident)
    meet(incident.report, incident.summary, incident.impact)
    outbox.refresh("headline", incident)
    hooks.announce("opened", incident)


def changed(incident: Incident, changes: list[Change], events: list[TimelineEvent], **_: Any) -> None:
    """Bring headline, card and topic up to date; a new lead is invited."""
    fields = {change.field for change in changes}
    meet(*(change.new for change in changes if isinstance(change.new, str)))
    outbox.refresh("headline", incident)
    hooks.announce("changed", incident, events)
    if not CommsChannel.objects.filter(incident=incident, channel_id__isnull=False).exists():
        return
    if fields & ON_CARD:
        outbox.refresh("card", incident)
    if fields & IN_TOPIC:
        outbox.refresh("topic", incident)
    if "lead" in fields and incident.lead:
        outbox.invite(incident, [incident.lead])


def closed(incident: Incident, **_: Any) -> None:
    """Tell the channel."""
    outbox.post(incident, f":droplet: This incident is resolved{by_whom()}. It lasted {incident.duration()}.")
    hooks.announce("closed", incident)


def reopened(incident: Incident, **_: Any) -> None:
    """Tell the channel."""
    outbox.post(incident, f":fire: This incident is open again{by_whom()}.")
    hooks.announce("reopened", incident)


def wanted(incident: Incident, by: Person, **_: Any) -> None:
    """Make the incident's channel."""
    channels.open_for(incident, by=by)


def filled(incident: Incident, **_: Any) -> None:
    """Let plugins do what they do in a new channel."""
    hooks.announce("channel_created", incident)


def written(event: TimelineEvent | None, **_: Any) -> None:
    """Know who an entry speaks of."""
    if event is not None:
        meet(event.text)


def meet(*texts: str | None) -> None:
    """Learn the names of people that texts mention, so that pages can show them."""
    for user_id in {piece.text for text in texts if text for piece in pieces(text) if piece.kind == "person"}:
        people.known(user_id)


def by_whom() -> str:
    """Return " (@Lee)", or nothing when nobody acts."""
    person = actor().person
    return f" ({person.reference()})" if person else ""
