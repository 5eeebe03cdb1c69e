"""Taking an incident away: Markdown from a template, and JSON that keeps to its schema."""

from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from django.test import Client
from pytest_django import Settings

from response.core import actions
from response.core.models import Incident, Person, TimelineEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(incident: Incident, rae: Person, lee: Person) -> Incident:
    """An incident of which everything is known."""
    at = datetime(2026, 1, 31, 14, 0, 5, tzinfo=UTC)
    actions.edit(incident, by=lee, summary="The *queue* is full", impact="a < b", lead=lee, severity="1", start_time=at)
    actions.edit(incident, by=lee, severity="2")
    actions.add_to_timeline(incident, "&gt; It is slow\n<@ULEE> looks", by=rae, at=at)
    actions.add_to_timeline(
        incident, "Pinned", by=lee, at=at, kind=TimelineEvent.Kind.PIN, message_ts="1.2", channel_id="C1"
    )
    actions.change_action(actions.add_action(incident, "Tell support", by=rae, owner=lee), by=lee, done=True)
    actions.add_action(incident, "Add an alert", by=rae, priority="1", type="2", due_date=at)
    actions.close(incident, by=lee)
    return incident


def test_the_markdown_reads_like_a_document(pages: Client, rich: Incident) -> None:
    answer = pages.get(f"/incident/{rich.pk}/incident.md")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="incident-{rich.pk}.md"'
    text = answer.content.decode()
    for part in (
        f"# Incident {rich.pk}: Payments are failing\n",
        "| Status | Resolved |\n| Severity | Major (at its worst: Critical) |\n| Lead | Lee Leader |\n",
        "| Started | 2026-01-31 14:00:05 UTC |",
        "## Summary\n\nThe **queue** is full\n",
        "## Impact\n\na &lt; b\n",
        "### Saturday, 31 January 2026\n\n- 14:00:05 **Rae Reporter**: \n\n  > It is slow\n  \n  @lee looks\n",
        "- 14:00:05 **Lee Leader**: Pinned\n",
        "- [x] Tell support (Lee Leader)\n- [ ] Add an alert (nobody yet, due 2026-01-31)\n",
        "## What went well",
    ):
        assert part in text


def test_an_incident_of_which_little_is_known(pages: Client, incident: Incident) -> None:
    text = pages.get(f"/incident/{incident.pk}/incident.md").content.decode()
    for part in (
        "_Nobody has written a summary yet._",
        "| Severity | Not set |",
        "| Lead | Nobody |",
        "so far",
        "_Nothing has to be done._",
    ):
        assert part in text
    document = pages.get(f"/incident/{incident.pk}/incident.json").json()
    jsonschema.validate(document, Client().get("/schemas/incident-1.schema.json").json())


def test_a_team_has_a_template_of_its_own(pages: Client, rich: Incident, tmp_path: Path, settings: Settings) -> None:
    own = tmp_path / "own.md"
    own.write_text("{% load rich_text %}# {{ incident.report|markdown }} <{{ entries|length }}> {{ incident.impact }}")
    settings.EXPORT_TEMPLATE = own
    assert pages.get(f"/incident/{rich.pk}/incident.md").content.startswith(b"# Payments are failing <")
    own.write_text("{% nonsense %}")
    answer = pages.get(f"/incident/{rich.pk}/incident.md")
    assert (answer.status_code, b"EXPORT_TEMPLATE" in answer.content) == (503, True)


def test_the_json_keeps_to_its_published_schema(pages: Client, rich: Incident) -> None:
    schema = Client().get("/schemas/incident-1.schema.json").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    document = pages.get(f"/incident/{rich.pk}/incident.json").json()
    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
    assert (document["severity"], document["max_severity"], document["status"]) == ("major", "critical", "resolved")
    assert document["lead"] == {"name": "Lee Leader", "app": "slack", "id": "ULEE"}
    assert len(document["timeline"]) == rich.events.count()
    assert [action["priority"] for action in document["actions"]] == [None, "high"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, "status": "unknown"}, schema)
