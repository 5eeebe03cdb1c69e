"""For the incident's document: what Slack refused of it. Loaded as `operations` (see TEMPLATES in the settings)."""

from typing import Any

from django import template

from response.core import access
from response.core.models import Incident
from response.operations import overview, status
from response.operations.overview import MOST_REFUSED

register = template.Library()


@register.inclusion_tag("response/operations/not_in_slack.html", takes_context=True)
def not_in_slack(context: dict[str, Any], incident: Incident) -> dict[str, Any]:
    """Show members what Slack refused of this incident, why, and what to do; operators get the buttons."""
    visitor = context["visit"].visitor
    if not access.may_act(visitor):
        return {}
    refused = status.with_incident(status.State.REFUSED).filter(incident=incident).order_by("pk")[:MOST_REFUSED]
    return {
        "reasons": overview.by_reason(list(refused)),
        "may_operate": access.may_operate(visitor),
        "csrf_token": context["csrf_token"],
    }
