"""A person's page: what they reported and lead, and what they have to do. And people's names, as suggestions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from response.core import people
from response.core.models import Action, Person
from response.ui import incidents
from response.ui.visits import Visit, page, show

AT_ONCE = 25
MOST_ACTIONS = 100


@page
def person(request: HttpRequest, visit: Visit, person_id: str) -> HttpResponse:
    """What somebody has to do with incidents."""
    somebody = incidents.people(visit).filter(pk=int(person_id)).first()
    if somebody is None:
        raise Http404
    return show(request, visit, "response/person/page.html", {"person": somebody, **part_in(visit, somebody)})


def part_in(visit: Visit, somebody: Person) -> dict[str, Any]:
    """Return the newest incidents that they lead and that they reported, and their open actions."""
    lines = incidents.lines(incidents.visible(visit)).order_by("-report_time", "-pk")
    todo = Action.objects.filter(user=somebody, done=False, incident__in=incidents.visible(visit))
    return {
        "led": list(lines.filter(lead=somebody)[:AT_ONCE]),
        "reported": list(lines.filter(reporter=somebody)[:AT_ONCE]),
        "todo": list(todo.select_related("incident").order_by("due_date", "created_date", "pk")[:MOST_ACTIONS]),
    }


@page
def suggested(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Return the options of a field in which a name is being typed."""
    words = str(next(iter(request.GET.values()), "")).replace("\x00", "").strip()[:100]
    found = people.some(words, among=incidents.people(visit))
    return render(request, "response/person/suggested.html", {"labels": [people.label(each) for each in found]})
