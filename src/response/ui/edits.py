"""Changing what an incident's document says, one thing at a time, in place or on a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from response.core.models import Incident, TimelineEvent
from response.ui import answers, incidents
from response.ui.editing import EDITORS, ActionEditor, Editor, EntryEditor
from response.ui.visits import Visit, act, show

form_of = require_http_methods(["GET", "HEAD", "POST"])


@form_of
@act
def edit(request: HttpRequest, visit: Visit, incident_id: str, what: str) -> HttpResponse:
    """Change a field of an incident."""
    incident = incidents.found(visit, incident_id)
    return edited(request, visit, EDITORS[what](incident, request.POST or None), incident, what)


@form_of
@act
def edit_entry(request: HttpRequest, visit: Visit, incident_id: str, entry_id: str) -> HttpResponse:
    """Change a note on the timeline; the activity log keeps what it was."""
    entry = incidents.entry(visit, incident_id, entry_id)
    if entry.event_type != TimelineEvent.Kind.TEXT:
        raise Http404  # a pinned message follows its message, and a change stays one
    return edited(request, visit, EntryEditor(entry, request.POST or None), entry.incident, f"entry-{entry.pk}")


@form_of
@act
def edit_action(request: HttpRequest, visit: Visit, incident_id: str, action_id: str) -> HttpResponse:
    """Change all that can be said of an action."""
    action = incidents.action(visit, incident_id, action_id)
    return edited(request, visit, ActionEditor(action, request.POST or None), action.incident, f"action-{action.pk}")


def edited(request: HttpRequest, visit: Visit, editor: Editor, incident: Incident, place: str) -> HttpResponse:
    """Save what was filled in and go back; else show the form, in place when that is asked for."""
    back = answers.document(incident.pk, place)
    if editor.is_bound and editor.save(by=visit.actor):
        return answers.done(request, back)
    template = "response/form/in_place.html" if answers.by_script(request) else "response/form/page.html"
    return show(request, visit, template, {"form": editor, "incident": incident, "back": back})
