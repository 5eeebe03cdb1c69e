"""The timeline on the page: written on, hidden, put back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from response.core import actions
from response.core.models import Incident
from response.ui import answers, incidents
from response.ui.forms import NoteForm, PageForm
from response.ui.visits import Visit, act, show

PLACE = "timeline"


@require_POST
@act
def add(request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """Write down what happened, and when."""
    incident = incidents.found(visit, incident_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return again(request, visit, form, incident, PLACE)
    given = form.cleaned_data
    entry = actions.add_to_timeline(incident, given["text"], by=visit.actor, at=given["timestamp"])
    return answers.done(request, answers.document(incident_id, f"entry-{entry.pk}"))


@require_POST
@act
def put(request: HttpRequest, visit: Visit, incident_id: str, entry_id: str, what: str) -> HttpResponse:
    """Put an entry on the timeline, or leave it to the activity log. Doing so again changes nothing."""
    entry = incidents.entry(visit, incident_id, entry_id)
    actions.show_entry(entry, what == "show", by=visit.actor)
    return answers.done(request, answers.document(incident_id, PLACE))


def again(request: HttpRequest, visit: Visit, form: PageForm, incident: Incident, place: str) -> HttpResponse:
    """Show a form that could not be taken, with what was typed and what is wrong."""
    template = "response/form/fields.html" if answers.by_script(request) else "response/form/page.html"
    context = {"form": form, "incident": incident, "back": answers.document(incident.pk, place)}
    return show(request, visit, template, context)
