"""Actions on the page: noted, given to somebody, done. Each press is a form of its own, and works without scripts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from response.core import actions
from response.core.errors import UserError
from response.ui import answers, incidents, noting
from response.ui.forms import ActionForm
from response.ui.visits import Visit, act

PLACE = "actions"


@require_POST
@act
def add(request: HttpRequest, visit: Visit, incident_id: str) -> HttpResponse:
    """Note something to be done."""
    incident = incidents.found(visit, incident_id)
    form = ActionForm(request.POST)
    if not form.is_valid():
        return noting.again(request, visit, form, incident, PLACE)
    actions.add_action(incident, form.cleaned_data["details"], by=visit.actor, owner=form.cleaned_data["owner"])
    return answers.done(request, answers.document(incident_id, PLACE))


@require_POST
@act
def change(request: HttpRequest, visit: Visit, incident_id: str, action_id: str, what: str) -> HttpResponse:
    """Mark an action done or to do, or take it. Pressing again changes nothing."""
    action = incidents.action(visit, incident_id, action_id)
    if what == "take" and action.user and action.user != visit.actor:
        raise UserError(f"{action.user} has it already.")
    values: dict[str, Any] = {"user": visit.actor} if what == "take" else {"done": what == "done"}
    actions.change_action(action, by=visit.actor, **values)
    return answers.done(request, answers.document(incident_id, PLACE))
