"""The doctor's page, for operators: what `response doctor` finds, looked at from the web process."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from response.doctor.diagnosis import examine
from response.doctor.findings import State, summary
from response.plugins.pages import for_operators


@for_operators
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Look at everything anew, and show what needs somebody first."""
    findings = examine()
    troubles = [finding for finding in findings if finding.fix]
    broken = any(finding.state is State.FAILED for finding in findings)
    shown = {"findings": findings, "troubles": troubles, "broken": broken, "summary": summary(findings)}
    return render(request, "response/doctor/page.html", shown)
