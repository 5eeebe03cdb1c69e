"""The verbs. Each is one transaction, says by whom, and announces what happened instead of calling anybody."""

from datetime import datetime
from typing import Any

from django.db import transaction

from response.core import changes, clock, signals
from response.core.errors import UserError
from response.core.models import Action, Incident, Person, Proposal, TimelineEvent
from response.core.severity import Severity


@transaction.atomic
def declare(
    report: str,
    *,
    by: Person,
    summary: str | None = None,
    impact: str | None = None,
    lead: Person | None = None,
    severity: str | None = None,
) -> Incident:
    """Open an incident. Raises UserError when the report says nothing."""
    if not report.strip():
        raise UserError("Say what is broken: the report is empty.")
    incident = Incident(
        report=report, reporter=by, summary=summary or None, impact=impact or None, lead=lead, severity=severity or None
    )
    incident.save(by=by)
    return incident


@transaction.atomic
def edit(incident: Incident, *, by: Person, **values: Any) -> list[str]:
    """Change several fields at once. Returns the names of those that did change."""
    latest(incident)
    if "report" in values and not (values["report"] or "").strip():
        raise UserError("Say what is broken: the report is empty.")
    changed = []
    for field, value in values.items():
        wanted = value if value != "" else None
        if getattr(incident, field) != wanted:
            setattr(incident, field, wanted)
            changed.append(field)
    if {"start_time", "end_time"} & set(changed) and incident.end_time and incident.end_time < incident.start_time:
        raise UserError("It would end before it began.")
    incident.save(by=by)
    return changed


def set_summary(incident: Incident, summary: str, *, by: Person) -> None:
    """Say what is going on. An empty text takes the summary away."""
    edit(incident, by=by, summary=summary)


def set_impact(incident: Incident, impact: str, *, by: Person) -> None:
    """Say who and what is affected. An empty text takes the impact away."""
    edit(incident, by=by, impact=impact)


def author_of(incident: Incident, field: str) -> Person | None:
    """Return who wrote what a field of the incident says now; the reporter when it came with the report."""
    entry = incident.events.filter(metadata__update_type=f"incident_{field}").select_related("author").last()
    return entry.author if entry else incident.reporter


def propose(incident: Incident, field: str, text: str, *, by: Person) -> Proposal:
    """Keep a text that would replace somebody else's, until its author is sure."""
    now = getattr(incident, field) or ""
    return Proposal.objects.create(incident=incident, field=field, text=text, by=by, replaces=now)


@transaction.atomic
def take_over(proposal_id: int, *, by: Person) -> Proposal | None:
    """Put a proposed text in place, once. None when there is no such proposal, or it was taken over already."""
    waiting = Proposal.objects.select_for_update(of=("self",)).select_related("incident")
    proposal = waiting.filter(pk=proposal_id, taken_at=None).first()
    if proposal is None:
        return None
    latest(proposal.incident)
    now = getattr(proposal.incident, proposal.field) or ""
    if now != proposal.replaces:
        raise UserError(f"Somebody changed the {proposal.field} meanwhile. It says now: {now}")
    edit(proposal.incident, by=by, **{proposal.field: proposal.text})
    proposal.taken_at = clock.now()
    proposal.save(update_fields=["taken_at"])
    return proposal


def set_lead(incident: Incident, lead: Person | None, *, by: Person) -> None:
    """Say who leads. Saying it again changes nothing."""
    edit(incident, by=by, lead=lead)


def set_severity(incident: Incident, severity: Severity | None, *, by: Person) -> None:
    """Change how bad the incident is. Saying it again changes nothing."""
    edit(incident, by=by, severity=severity.value if severity else None)


@transaction.atomic
def close(incident: Incident, *, by: Person) -> bool:
    """Close the incident now. Returns False, and changes nothing, when it is closed already."""
    latest(incident)
    if incident.is_closed():
        return False
    incident.end_time = clock.now()
    incident.save(by=by)
    return True


@transaction.atomic
def reopen(incident: Incident, *, by: Person) -> bool:
    """Open a closed incident again. Returns False, and changes nothing, when it is open."""
    latest(incident)
    if not incident.is_closed():
        return False
    incident.end_time = None
    incident.save(by=by)
    return True


@transaction.atomic
def want_channel(incident: Incident, *, by: Person) -> None:
    """Ask for a channel of the incident's own. Asking again changes nothing."""
    signals.channel_wanted.send(Incident, incident=incident, by=by)


@transaction.atomic
def add_to_timeline(
    incident: Incident,
    text: str,
    *,
    by: Person | None,
    at: datetime | None = None,
    kind: str = TimelineEvent.Kind.TEXT,
    **metadata: Any,
) -> TimelineEvent:
    """Write an entry on the timeline: `at` is when it happened (now when not given), `by` who said it."""
    if not text.strip():
        raise UserError("Say what happened: the entry is empty.")
    event = TimelineEvent.objects.create(
        incident=incident,
        timestamp=at or clock.now(),
        text=text,
        event_type=kind,
        author=by,
        via=changes.actor().via,
        metadata=metadata,
    )
    signals.timeline_changed.send(TimelineEvent, incident=incident, event=event)
    return event


@transaction.atomic
def change_entry(event: TimelineEvent, *, by: Person, **values: Any) -> list[str]:
    """Rewrite a note: its `text`, or its `timestamp`. The activity log keeps what it was. Returns what did change."""
    event.refresh_from_db(from_queryset=TimelineEvent.objects.select_for_update(of=("self",)))
    if event.event_type != TimelineEvent.Kind.TEXT:
        raise UserError("Only notes can be rewritten. A pinned message follows its message, and a change stays one.")
    if "text" in values and not values["text"].strip():
        raise UserError("Say what happened: the entry is empty.")
    found = [changes.Change(name, getattr(event, name), value) for name, value in values.items()]
    found = [change for change in found if change.old != change.new]
    for change in found:
        setattr(event, change.field, change.new)
        note_of_entry(
            event, f"Note's {change.sentence()[0].lower()}{change.sentence()[1:]}", by=by, **change.metadata()
        )
    event.save(update_fields=[change.field for change in found])
    return [change.field for change in found]


@transaction.atomic
def show_entry(event: TimelineEvent, shown: bool, *, by: Person) -> bool:
    """Put an entry on the timeline, or leave it to the activity log. Returns False when that is so already."""
    event.refresh_from_db(from_queryset=TimelineEvent.objects.select_for_update(of=("self",)))
    if event.on_timeline == shown:
        return False
    event.on_timeline = shown
    event.save(update_fields=["on_timeline"])
    words = "Put on the timeline" if shown else "Taken off the timeline"
    note_of_entry(event, f"{words}: {event.text}", by=by)
    return True


def note_of_entry(event: TimelineEvent, text: str, *, by: Person, **metadata: Any) -> None:
    """Write down in the activity log what became of an entry."""
    write_log(event.incident, text, by=by, **metadata | {"update_type": "timeline", "entry": event.pk})


@transaction.atomic
def write_log(incident: Incident, text: str, *, by: Person, **metadata: Any) -> TimelineEvent:
    """Write down in the activity log what somebody did. The timeline does not show it."""
    log = incident.events.create(
        text=text,
        event_type=TimelineEvent.Kind.UPDATE,
        metadata=metadata,
        author=by,
        via=changes.actor().via,
        on_timeline=False,
    )
    signals.timeline_changed.send(TimelineEvent, incident=incident, event=log)
    return log


@transaction.atomic
def add_action(incident: Incident, details: str, *, by: Person, owner: Person | None = None, **more: Any) -> Action:
    """Note something that has to be done. Nobody owns it unless somebody is named. `more` are the action's fields."""
    if not details.strip():
        raise UserError("Say what has to be done: the action is empty.")
    with changes.acting(by):
        return Action.objects.create(incident=incident, details=details, user=owner, created_by=by, **more)


@transaction.atomic
def change_action(action: Action, *, by: Person, **values: Any) -> Action:
    """Change an action's fields. Saying what is so already changes nothing."""
    action.refresh_from_db(from_queryset=Action.objects.select_for_update(of=("self",)))
    if "details" in values and not values["details"].strip():
        raise UserError("Say what has to be done: the action is empty.")
    for field, value in values.items():
        setattr(action, field, value)
    with changes.acting(by):
        action.save()
    return action


def latest(incident: Incident) -> None:
    """Lock the incident until the transaction ends, and see it as it is now."""
    incident.refresh_from_db(from_queryset=Incident.objects.select_for_update(of=("self",)))
