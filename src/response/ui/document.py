"""Everything about one incident, to read, to print, and to say what is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from response.core import access
from response.core.models import Incident
from response.plugins.pages import for_readers
from response.ui import acting
from response.ui.forms import ActionForm

MOST_PARTICIPANTS = 8


@for_readers
def incident_doc(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The document: what is known, who takes part, what is to be done, and what happened when."""
    incidents = access.visible_incidents(acting.visitor(request)).select_related("lead", "reporter", "commschannel")
    incident = get_object_or_404(incidents, pk=int(incident_id))
    actor = acting.person(request)
    context = {
        "incident": incident,
        "acting": actor,
        "form": ActionForm() if actor else None,
        **timeline(incident, everything=request.GET.get("show") == "everything"),
        **participants(incident),
        **to_do(incident),
    }
    return render(request, "response/incident_doc.html", context)


def timeline(incident: Incident, *, everything: bool) -> dict[str, Any]:
    """Return the curated timeline, or the whole activity log."""
    entries = incident.events.select_related("author") if everything else incident.timeline_events()
    return {"timeline": list(entries), "everything": everything}


def participants(incident: Incident) -> dict[str, Any]:
    """Return who said most, and the others."""
    found = list(incident.participants.select_related("user").order_by("-message_count", "join_time", "pk"))
    return {"participants": found[:MOST_PARTICIPANTS], "more_participants": found[MOST_PARTICIPANTS:]}


def to_do(incident: Incident) -> dict[str, Any]:
    """Return the actions: what is left, and what is done."""
    actions = list(incident.actions.select_related("user"))
    return {"to_do": [each for each in actions if not each.done], "done": [each for each in actions if each.done]}
