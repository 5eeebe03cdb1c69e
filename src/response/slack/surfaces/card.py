"""The pinned card: what somebody who enters the channel has to know."""

from typing import Any

from response.core import severity
from response.core.models import Incident
from response.plugins import document_url
from response.slack.surfaces import blocks
from response.slack.surfaces.headline import fallback, report
from response.slack.text import cut, for_slack

LONGEST_TEXT = 1500
NOT_SAID = "_nobody has said yet_"


def render(incident: Incident) -> dict[str, Any]:
    """Return the card as `text` and `blocks`."""
    lead = incident.lead.reference() if incident.lead else "-"
    level = severity.label(incident.severity) or "-"
    parts = [
        blocks.section(f"*{report(incident)}*", "report"),
        blocks.section(
            f"{incident.status_emoji()} {incident.status_text().capitalize()}   "
            f"{incident.severity_emoji()} Severity: {level}   👩‍🚒 Lead: {lead}",
            "state",
        ),
        blocks.section(f"*Summary*\n{said(incident.summary)}", "summary"),
        blocks.section(f"*Impact*\n{said(incident.impact)}", "impact"),
        blocks.section(
            f"Reported by {incident.reporter.reference()}. Everything is in <{document_url(incident)}|the document>; "
            "pin what belongs on its timeline. `@incident help` lists what I understand.",
            "about",
        ),
    ]
    return {"text": fallback(incident), "blocks": blocks.rendered(parts)}


def said(text: str | None) -> str:
    return cut(for_slack(text), LONGEST_TEXT) if text else NOT_SAID
