"""The operators' page, and its buttons. Each press is a form of its own, and works without scripts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from response.core import changes
from response.core.models import Person
from response.operations import overview
from response.plugins.pages import for_operators
from response.slack import again
from response.slack.models import Delivery

MOST_AT_ONCE = 500
PRESSES = {"again": (again.try_again, "Slack is asked again"), "leave": (again.leave, "Left undone")}


@for_operators
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How things stand, and what needs somebody."""
    return render(request, "response/operations/page.html", {"overview": overview.read()})


@for_operators
@require_POST
def settle(request: HttpRequest, delivery_id: str, press: str) -> HttpResponse:
    """Have something that Slack refused tried again, or leave it undone. Pressing twice does it once."""
    delivery = get_object_or_404(Delivery.objects.select_related("incident"), pk=int(delivery_id))
    act, did = PRESSES[press]
    with changes.acting(operator(request), via="web"):
        is_done = act(delivery.pk, by=operator(request))
    if is_done:
        messages.success(request, f"{did}: {again.what(delivery)}.")
    else:
        messages.info(request, f"That was settled already: {again.what(delivery)}.")
    return back(request, delivery)


@for_operators
@require_POST
def try_all(request: HttpRequest) -> HttpResponse:
    """Have several tried again, in the order in which they were made."""
    numbers = sorted({int(each) for each in request.POST.getlist("delivery") if is_number(each)})[:MOST_AT_ONCE]
    with changes.acting(operator(request), via="web"):
        done = sum(again.try_again(number, by=operator(request)) for number in numbers)
    messages.success(request, f"Slack is asked again for {done} of {len(numbers)}.")
    return back(request)


def operator(request: HttpRequest) -> Person:
    """Return who presses; the gate lets only people through whom we know."""
    person: Person = request.visitor.person  # type: ignore[attr-defined]  # of project/gate.py
    return person


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


def back(request: HttpRequest, delivery: Delivery | None = None) -> HttpResponse:
    """Return to the page with the button: an incident's document, or the operators' page."""
    if delivery and delivery.incident_id and request.POST.get("from") == "document":
        place = reverse("incident_doc", args=[delivery.incident_id]) + "#not-in-slack"
    else:
        place = reverse("operations")
    return HttpResponseRedirect(place, status=303)
