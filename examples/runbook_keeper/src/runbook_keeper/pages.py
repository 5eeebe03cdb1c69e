"""The pages, at /plugins/runbook_keeper/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from response.core import access
from runbook_keeper.models import Runbook


def runbooks(request: HttpRequest) -> HttpResponse:
    """Show every runbook."""
    return render(request, "runbook_keeper/runbooks.html", {"runbooks": Runbook.objects.all()})


def runbook(request: HttpRequest, number: int) -> HttpResponse:
    """Show one runbook, with the incidents it was attached to."""
    found = get_object_or_404(Runbook, pk=number)
    seen = access.visible_incidents(request.visitor)
    attachments = found.attachments.filter(incident__in=seen).select_related("incident").order_by("-at")[:50]
    return render(request, "runbook_keeper/runbook.html", {"runbook": found, "attachments": attachments})


urlpatterns = [
    path("", runbooks, name="runbooks"),
    path("<int:number>/", runbook, name="runbook"),
]
