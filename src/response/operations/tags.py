"""For the incident's document: what Slack refused of it. Loaded as `operations` (see TEMPLATES in the settings)."""

from typing import Any

from django import template

from response.core.models import Incident
from response.operations import overview, status
from response.operations.overview import MOST_REFUSED

register = template.Library()


@register.inclusion_tag("response/operations/not_in_slack.html", takes_context=True)
def not_in_slack(context: dict[str, Any], incident: Incident) -> dict[str, Any]:
    """Show what Slack refused of this incident, why, and what to do; operators get the buttons."""
    refused = status.with_incident(status.State.REFUSED).filter(incident=incident).order_by("pk")[:MOST_REFUSED]
    names = ("may", "csrf_token", "visitor")
    return {"reasons": overview.by_reason(list(refused)), **{name: context.get(name) for name in names}}
