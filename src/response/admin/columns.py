"""How the admin shows things: text in a line, an incident as a link, stored data to read."""

import json
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from response.admin.rules import Kept
from response.core.models import Incident
from response.slack import html, text

LINE = 80
KEPT_SECRET = {"token", "response_url", "trigger_id", "authorization"}


def line(row: Any, stored: str | None, length: int = LINE) -> str:
    """Return stored text as plain characters in one line, with the names that were looked up for the list."""
    if not stored:
        return ""
    names = row.names if hasattr(row, "names") else html.lookup([stored])
    return text.cut(text.one_line(text.plain(stored, names)), length)


def link_to(incident: Incident | None, row: Any) -> SafeString | str:
    """Return a link to an incident's page here."""
    if incident is None:
        return ""
    address = reverse("admin:response_incident_change", args=[incident.pk])
    return format_html('<a href="{}">#{} {}</a>', address, incident.number, line(row, incident.report, 50))


def document_of(incident: Incident | None) -> str | None:
    """Return the address of an incident's document, for "View on site"."""
    return reverse("incident_doc", args=[incident.pk]) if incident else None


class OfIncident(Kept):
    """The columns and links of a table whose rows belong to an incident."""

    @admin.display(description="Incident", ordering="incident")
    def of(self, row: Any) -> SafeString | str:
        """Return the incident."""
        return link_to(row.incident, row)

    def view_on_site(self, row: Any) -> str | None:
        """Return the incident's document."""
        return document_of(row.incident)


def data(stored: Any) -> SafeString:
    """Return stored data to read, without what opens doors."""
    shown = json.dumps(without_secrets(stored), indent=2, ensure_ascii=False, sort_keys=True)
    return format_html('<pre class="data">{}</pre>', shown)


def without_secrets(stored: Any) -> Any:
    """Return the data with "…" for what would let its reader act as somebody else."""
    if isinstance(stored, dict):
        return {
            name: "…" if name in KEPT_SECRET and value else without_secrets(value) for name, value in stored.items()
        }
    if isinstance(stored, list):
        return [without_secrets(each) for each in stored]
    return stored
