"""What the API shows of the record. Names are the original's where it had the thing."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from response.core import severity
from response.core.models import Action, Incident, Person, TimelineEvent
from response.plugins import document_url

KINDS = {"text": "note", "slack_pin": "message", "incident_update": "change"}


class PersonShown(BaseModel):
    """Somebody, as the place they come from knows them."""

    id: int
    app_id: str = Field(description='Where they come from, mostly "slack".')
    external_id: str = Field(description="Their id there.")
    display_name: str
    full_name: str
    email: str
    is_bot: bool
    deleted: bool

    @classmethod
    def of(cls, person: Person) -> "PersonShown":
        return cls(
            id=person.pk,
            app_id=person.app_id,
            external_id=person.external_id,
            display_name=person.display_name,
            full_name=person.full_name,
            email=person.email,
            is_bot=person.is_bot,
            deleted=person.deleted,
        )

    @classmethod
    def maybe(cls, person: Person | None) -> "PersonShown | None":
        return cls.of(person) if person else None


class ActionShown(BaseModel):
    """Something that has to be done because of an incident."""

    id: int
    incident: int
    details: str = Field(description="What is to be done, as it was written: Slack's mrkdwn.")
    owner: PersonShown | None
    done: bool
    done_date: datetime | None
    due_date: datetime | None
    priority: str | None = Field(description="high, medium or low.")
    type: str | None = Field(description="detective, preventative or corrective.")
    created_date: datetime
    created_by: PersonShown | None

    @classmethod
    def of(cls, action: Action) -> "ActionShown":
        return cls(
            id=action.pk,
            incident=action.incident_id,
            details=action.details,
            owner=PersonShown.maybe(action.user),
            done=action.done,
            done_date=action.done_date,
            due_date=action.due_date,
            priority=label(action.get_priority_display()),
            type=label(action.get_type_display()),
            created_date=action.created_date,
            created_by=PersonShown.maybe(action.created_by),
        )


class ChannelShown(BaseModel):
    """The incident's channel."""

    channel_id: str
    channel_name: str
    is_archived: bool


class IncidentShown(BaseModel):
    """Something is or was broken."""

    id: int
    url: str = Field(description="Its document, for people.")
    report: str
    summary: str | None
    impact: str | None
    status: Literal["live", "resolved"]
    severity: str | None = Field(description="critical, major, minor or trivial; null while nobody has said.")
    max_severity: str | None = Field(description="The worst it ever was.")
    reporter: PersonShown
    lead: PersonShown | None
    report_time: datetime
    start_time: datetime
    end_time: datetime | None = Field(description="When it was closed; null while it is open.")
    duration: int = Field(description="Seconds from its start to its end, or to now.")
    comms_channel: ChannelShown | None
    actions: list[ActionShown]

    @classmethod
    def of(cls, incident: Incident) -> "IncidentShown":
        return cls(
            id=incident.pk,
            url=document_url(incident),
            report=incident.report,
            summary=incident.summary,
            impact=incident.impact,
            status="resolved" if incident.is_closed() else "live",
            severity=label(severity.label(incident.severity)),
            max_severity=label(severity.label(incident.max_severity)),
            reporter=PersonShown.of(incident.reporter),
            lead=PersonShown.maybe(incident.lead),
            report_time=incident.report_time,
            start_time=incident.start_time,
            end_time=incident.end_time,
            duration=max(0, int(incident.elapsed().total_seconds())),
            comms_channel=channel_of(incident),
            actions=[ActionShown.of(action) for action in incident.actions.all()],
        )


class EntryShown(BaseModel):
    """Something that happened."""

    id: int
    incident: int
    timestamp: datetime = Field(description="When it happened.")
    text: str
    kind: Literal["note", "message", "change"] = Field(
        description="A note that somebody wrote, a message that is pinned, or what Response wrote down by itself."
    )
    on_timeline: bool = Field(description="False: only in the activity log.")
    author: PersonShown | None = Field(description="null: Response itself.")
    via: str = Field(description="Where it came from: slack, web, api or admin.")
    metadata: dict[str, Any] = Field(description="For a change: `update_type`, `old_value` and `new_value`.")
    created_at: datetime = Field(description="When it was written down.")

    @classmethod
    def of(cls, event: TimelineEvent) -> "EntryShown":
        return cls(
            id=event.pk,
            incident=event.incident_id,
            timestamp=event.timestamp,
            text=event.text,
            kind=KINDS.get(event.event_type, "change"),  # type: ignore[arg-type]
            on_timeline=event.on_timeline,
            author=PersonShown.maybe(event.author),
            via=event.via,
            metadata=event.metadata,
            created_at=event.created_at,
        )


def label(name: str | None) -> str | None:
    """Return the name of a choice as the API spells it; null when nothing is chosen."""
    return name.lower() if name else None


def channel_of(incident: Incident) -> ChannelShown | None:
    """Return the incident's channel once Slack has made it."""
    channel = getattr(incident, "commschannel", None)
    if channel is None or not channel.is_ready:
        return None
    return ChannelShown(
        channel_id=channel.channel_id, channel_name=channel.channel_name, is_archived=channel.is_archived
    )
