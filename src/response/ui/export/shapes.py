"""The JSON of an incident. Its schema is published: what is here may be added to, and is not changed or taken away."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from response.core import clock, severity
from response.core.models import Action, Incident, Person
from response.plugins import document_url

SCHEMA = "incident-1.schema.json"


class PersonOut(BaseModel):
    """Somebody."""

    name: str
    app: str = Field(description="Where they come from, mostly `slack`.")
    id: str = Field(description="Their id there.")

    @classmethod
    def of(cls, person: Person | None) -> "PersonOut | None":
        return cls(name=str(person), app=person.app_id, id=person.external_id) if person else None


class ActionOut(BaseModel):
    """Something to be done."""

    details: str = Field(description="Slack's mrkdwn, as it was written.")
    owner: PersonOut | None
    done: bool
    created_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    priority: str | None = Field(description="`high`, `medium` or `low`.")
    type: str | None = Field(description="`detective`, `preventative` or `corrective`.")

    @classmethod
    def of(cls, action: Action) -> "ActionOut":
        return cls(
            details=action.details,
            owner=PersonOut.of(action.user),
            done=action.done,
            created_at=action.created_date,
            due_at=action.due_date,
            done_at=action.done_date,
            priority=lower(action.get_priority_display()),
            type=lower(action.get_type_display()),
        )


COLUMNS = {
    "at": "timestamp",
    "written_at": "created_at",
    "kind": "event_type",
    "text": "text",
    "via": "via",
    "on_timeline": "on_timeline",
    "data": "metadata",
}


class EntryOut(BaseModel):
    """Something that happened."""

    at: datetime = Field(description="When it happened.")
    written_at: datetime = Field(description="When it was written down.")
    kind: str = Field(description="`text` (a note), `slack_pin` (a pinned message) or `incident_update` (a change).")
    text: str = Field(description="Slack's mrkdwn, as it was written.")
    author: PersonOut | None = Field(description="null: Response itself.")
    via: str = Field(description="Where it came from: `slack`, `web`, `api` or `admin`.")
    on_timeline: bool = Field(description="false: only in the activity log.")
    data: dict[str, Any] = Field(description="For a change, what it was before and after; for a message, where it is.")


class IncidentOut(BaseModel):
    """An incident, with everything that is known of it."""

    version: Literal[1] = Field(description="Of this format.")
    exported_at: datetime
    number: int
    url: str = Field(description="Its document, for people.")
    report: str = Field(description="What the reporter said. Texts are Slack's mrkdwn, as they were written.")
    summary: str | None
    impact: str | None
    status: Literal["live", "resolved"]
    severity: str | None = Field(description="`critical`, `major`, `minor` or `trivial`; null while nobody has said.")
    max_severity: str | None = Field(description="The worst it ever was.")
    reporter: PersonOut
    lead: PersonOut | None
    reported_at: datetime
    started_at: datetime
    ended_at: datetime | None
    channel: str | None = Field(description="The name of its channel in Slack.")
    actions: list[ActionOut]
    timeline: list[EntryOut] = Field(description="All entries, as it happened.")

    @classmethod
    def of(cls, incident: Incident) -> "IncidentOut":
        channel = getattr(incident, "commschannel", None)
        reporter = PersonOut.of(incident.reporter)
        assert reporter is not None  # noqa: S101 - each incident has one
        return cls(
            version=1,
            exported_at=clock.now(),
            number=incident.number,
            url=document_url(incident),
            report=incident.report,
            summary=incident.summary,
            impact=incident.impact,
            status="resolved" if incident.is_closed() else "live",
            severity=lower(severity.label(incident.severity)),
            max_severity=lower(severity.label(incident.max_severity)),
            reporter=reporter,
            lead=PersonOut.of(incident.lead),
            reported_at=incident.report_time,
            started_at=incident.start_time,
            ended_at=incident.end_time,
            channel=channel.channel_name if channel and channel.is_ready else None,
            actions=[ActionOut.of(action) for action in incident.actions.select_related("user")],
            timeline=timeline(incident),
        )


def timeline(incident: Incident) -> list[EntryOut]:
    """Return all entries. There may be thousands, so they are read as rows; few people write many of them."""
    rows = list(incident.events.values_list("author", *COLUMNS.values()))
    people = Person.objects.in_bulk({author for author, *_ in rows if author})
    authors = {author: PersonOut.of(person) for author, person in people.items()}
    return [EntryOut(author=authors.get(row[0]), **dict(zip(COLUMNS, row[1:], strict=True))) for row in rows]


def lower(name: str | None) -> str | None:
    return name.lower() if name else None


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what is exported."""
    made = IncidentOut.model_json_schema(mode="serialization")
    named = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Incident, version 1"}
    return {**named, **{key: value for key, value in made.items() if key != "title"}}
