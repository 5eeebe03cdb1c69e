"""Taking an incident away: Markdown from a template that a team may write itself, JSON, and the schema of that."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.utils import timezone

from response.core.models import Incident
from response.plugins.pages import for_anybody
from response.ui import incidents, timeline
from response.ui.export import shapes
from response.ui.visits import Visit, page

TEMPLATE = "response/export/incident.md"


@page
def as_markdown(_request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """The document that people write after an incident, with all that is known filled in. Times are UTC."""
    incident = incidents.found(visit, incident_id)
    try:
        with timezone.override(UTC):
            text = template().render(Context(facts(incident)))
    except (TemplateSyntaxError, OSError, UnicodeDecodeError) as error:
        reason = f"The template that EXPORT_TEMPLATE names cannot be used. Tell whoever runs Response: {error}"
        return HttpResponse(reason, status=503, content_type="text/plain; charset=utf-8")
    return attached(text, "text/markdown; charset=utf-8", f"incident-{incident.number}.md")


@page
def as_json(_request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """Everything that is known of an incident, as `schema` describes it."""
    incident = incidents.found(visit, incident_id)
    data = shapes.IncidentOut.of(incident)
    return attached(data.model_dump_json(indent=2), "application/json", f"incident-{incident.number}.json")


@for_anybody
def as_schema(_request: HttpRequest) -> HttpResponse:
    """The JSON Schema of `as_json`."""
    return HttpResponse(json.dumps(shapes.schema(), indent=2), content_type="application/schema+json")


def template() -> Template:
    """Return the team's own template, when EXPORT_TEMPLATE names one, or ours."""
    own: Path | None = settings.EXPORT_TEMPLATE
    if own is None:
        return get_template(TEMPLATE).template  # type: ignore[attr-defined,no-any-return]  # Django's own engine
    return Engine.get_default().from_string(own.read_text("utf-8"))


def facts(incident: Incident) -> dict[str, Any]:
    """Return what a template may use."""
    entries = list(incident.timeline_events())
    actions = list(incident.actions.select_related("user"))
    return {"incident": incident, "actions": actions, "entries": entries, "days": timeline.by_day(entries)}


def attached(text: str, kind: str, name: str) -> HttpResponse:
    """Return a file to be kept, and not shown as a page of ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=kind, headers=headers)
