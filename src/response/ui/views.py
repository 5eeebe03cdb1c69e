"""The pages that people look at. They read the record and call nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from response.core.models import Incident

RECENT = 50


def home(request: HttpRequest) -> HttpResponse:
    """Open incidents, and the latest closed ones."""
    incidents = Incident.objects.select_related("lead", "reporter")
    context = {
        "open": incidents.filter(end_time=None),
        "recent": incidents.exclude(end_time=None)[:RECENT],
    }
    return render(request, "response/home.html", context)


def incident_doc(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Everything about one incident, to read and to print."""
    incidents = Incident.objects.select_related("lead", "reporter", "commschannel")
    incident = get_object_or_404(incidents, pk=int(incident_id))
    participants = incident.participants.select_related("user").order_by("-message_count", "join_time")
    context = {"incident": incident, "timeline": incident.timeline_events(), "participants": participants}
    return render(request, "response/incident_doc.html", context)
