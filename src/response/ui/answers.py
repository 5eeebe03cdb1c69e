"""What is answered when somebody has acted: the page they were on, or word to the script that keeps it current."""

import json
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


def by_script(request: HttpRequest) -> bool:
    """Whether htmx asks, so that a part of a page is enough."""
    return bool(getattr(request, "htmx", False))


def document(incident_id: str | int, place: str = "") -> str:
    """Return the address of the document, or of a place in it."""
    return reverse("incident_doc", args=[incident_id]) + (f"#{place}" if place else "")


def before(request: HttpRequest) -> str:
    """Return the page of ours that a form was on; the first page when that is not known."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() and came_from.path else reverse("home")


def done(request: HttpRequest, address: str, message: str = "") -> HttpResponse:
    """Go back to the page, which shows what was done."""
    if by_script(request):
        return told("response:done", message)
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(address, status=303)


def refused(request: HttpRequest, message: str) -> HttpResponse:
    """Say why it was not done, on the page where somebody tried."""
    if by_script(request):
        return told("response:refused", message)
    messages.error(request, message)
    return HttpResponseRedirect(before(request), status=303)


def told(event: str, message: str) -> HttpResponse:
    """Tell the script, which looks at once what is new."""
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({event: {"message": message}})})
