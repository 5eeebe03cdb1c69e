"""Actions on the page: noted, given to somebody, done. Each press is a form of its own, and works without scripts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from response.core import access, actions, changes
from response.core.errors import UserError
from response.core.models import Action, Person
from response.ui import acting
from response.ui.forms import ActionForm, FullActionForm

Act = Callable[..., HttpResponse]


def by_somebody(view: Act) -> Act:
    """Let somebody through who may act, as the view's `by`. Others sign in first, and come back to the document."""

    @wraps(view)
    def checked(request: HttpRequest, incident_id: str, **names: str) -> HttpResponse:
        by = acting.person(request)
        if by is None:
            return redirect_to_login(document(incident_id))
        with changes.acting(by, via="web"):
            return view(request, incident_id=incident_id, by=by, **names)

    return checked


def document(incident_id: str | int, place: str = "#actions") -> str:
    """Return the address of the document, at the place where its actions are."""
    return reverse("incident_doc", args=[incident_id]) + place


def back(incident_id: str | int) -> HttpResponse:
    return HttpResponseRedirect(document(incident_id), status=303)


@require_POST
@by_somebody
def add(request: HttpRequest, incident_id: str, by: Person) -> HttpResponse:
    """Note something to be done."""
    incident = get_object_or_404(access.visible_incidents(acting.visitor(request)), pk=int(incident_id))
    form = ActionForm(request.POST)
    if not form.is_valid():
        say_what_is_wrong(request, form)
        return back(incident_id)
    values = form.values()
    actions.add_action(incident, values["details"], by=by, owner=values["user"])
    return back(incident_id)


@require_POST
@by_somebody
def change(request: HttpRequest, incident_id: str, action_id: str, what: str, by: Person) -> HttpResponse:
    """Mark an action done or to do, or take it. Pressing again changes nothing."""
    action = found(request, incident_id, action_id)
    if what == "take" and action.user and action.user != by:
        messages.error(request, f"{action.user} has it already.")
        return back(incident_id)
    values: dict[str, Any] = {"user": by} if what == "take" else {"done": what == "done"}
    actions.change_action(action, by=by, **values)
    return back(incident_id)


@require_http_methods(["GET", "HEAD", "POST"])
@by_somebody
def edit(request: HttpRequest, incident_id: str, action_id: str, by: Person) -> HttpResponse:
    """All that can be said of an action, to change."""
    action = found(request, incident_id, action_id)
    form = FullActionForm(request.POST) if request.method == "POST" else FullActionForm.of(action)
    if form.is_bound and form.is_valid():
        try:
            actions.change_action(action, by=by, **form.values())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return back(incident_id)
    context = {"form": form, "action": action, "incident": action.incident, "acting": by}
    return render(request, "response/action.html", context)


def found(request: HttpRequest, incident_id: str, action_id: str) -> Action:
    visible = access.visible_actions(acting.visitor(request)).select_related("incident", "user")
    return get_object_or_404(visible, pk=int(action_id), incident=int(incident_id))


def say_what_is_wrong(request: HttpRequest, form: ActionForm) -> None:
    """Say it on the page that comes next."""
    for mistakes in form.errors.values():
        for mistake in mistakes:
            messages.error(request, str(mistake))
