"""The life of an incident: declared, given a channel, closed, opened again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from response.core import actions
from response.ui import answers, incidents
from response.ui.forms import DeclareForm
from response.ui.visits import Visit, act, show


@require_http_methods(["GET", "HEAD", "POST"])
@act
def declare(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Report that something is broken."""
    form = DeclareForm(request.POST or None, initial={"report": request.GET.get("report", "")[:3000]})
    if not form.is_valid():
        return show(request, visit, "response/declare.html", {"form": form})
    fields = ("summary", "impact", "lead", "severity")
    given = {name: form.cleaned_data[name] for name in fields}
    incident = actions.declare(form.cleaned_data["report"], by=visit.actor, **given)
    if form.cleaned_data["open_channel"]:
        actions.want_channel(incident, by=visit.actor)
    return answers.done(request, answers.document(incident.pk), "Thank you for reporting this.")


@require_POST
@act
def close(request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """Close it. Doing so again changes nothing."""
    incident = incidents.found(visit, incident_id)
    is_new = actions.close(incident, by=visit.actor)
    return answers.done(request, answers.document(incident_id), "" if is_new else "It was closed already.")


@require_POST
@act
def reopen(request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """Open it again. Doing so again changes nothing."""
    incident = incidents.found(visit, incident_id)
    is_new = actions.reopen(incident, by=visit.actor)
    return answers.done(request, answers.document(incident_id), "" if is_new else "It is open.")


@require_POST
@act
def open_channel(request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """Ask for its channel. Doing so again changes nothing."""
    incident = incidents.found(visit, incident_id)
    actions.want_channel(incident, by=visit.actor)
    return answers.done(request, answers.document(incident_id))
