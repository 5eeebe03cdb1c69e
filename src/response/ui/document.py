"""Everything about one incident, to read, to print and to change."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from response.core.models import Incident
from response.ui import fragments, incidents, live, timeline
from response.ui.forms import ActionForm, NoteForm
from response.ui.fragments import Subject
from response.ui.timeline import Window
from response.ui.visits import Visit, fetched, page, show

MOST_PARTICIPANTS = 8
TEMPLATE = "response/document/fragment.html"


@page
def incident_doc(request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """The document: what is known, who takes part, what is to be done, and what happened when."""
    incident = incidents.found(visit, incident_id)
    subject = Subject.of(incident)
    fragment = document(request, visit, subject, lambda: incident)
    context = {
        "incident": incident,
        "content": fragments.in_page(request, fragment),
        "live": live.address(subject.name),
        "version": subject.version,
        "part": f"live/?{request.GET.urlencode()}",
    }
    return show(request, visit, "response/document/page.html", context)


@fetched
def incident_now(request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """What of the document may have changed, for a page that is open. Where many are, it is read for the first."""
    subject = Subject(str(int(incident_id)), incidents.version(visit, incident_id))
    fragment = document(request, visit, subject, lambda: incidents.found(visit, incident_id))
    return fragments.alone(request, subject, fragment)


def document(request: HttpRequest, visit: Visit, subject: Subject, incident: Callable[[], Incident]) -> str:
    """Return the document of an incident as it is now, which is read when it has to be rendered."""
    window = Window.asked(request.GET)
    look = (visit.zone.key, visit.visitor.role, window)
    return fragments.rendered(subject, look, TEMPLATE, lambda: content(visit, incident(), window))


def content(visit: Visit, incident: Incident, window: Window) -> dict[str, Any]:
    """Return what the document shows."""
    return {
        "visit": visit,
        "incident": incident,
        "window": window,
        "part": timeline.part(incident, window),
        "note_form": NoteForm() if visit.may_act else None,
        "action_form": ActionForm() if visit.may_act else None,
        "bot": settings.INCIDENT_BOT_NAME,
        **participants(incident),
        **to_do(incident),
    }


def participants(incident: Incident) -> dict[str, Any]:
    """Return who said most, and the others."""
    found = list(incident.participants.select_related("user").order_by("-message_count", "join_time", "pk"))
    return {"participants": found[:MOST_PARTICIPANTS], "more_participants": found[MOST_PARTICIPANTS:]}


def to_do(incident: Incident) -> dict[str, Any]:
    """Return the actions: what is left, and what is done."""
    actions = list(incident.actions.select_related("user"))
    return {"to_do": [each for each in actions if not each.done], "done": [each for each in actions if each.done]}
