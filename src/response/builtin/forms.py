"""The forms that report and edit an incident."""

from typing import Any

from response.core import actions
from response.core.models import Incident, Person
from response.core.severity import Severity
from response.plugins import (
    Chat,
    CheckboxInput,
    Form,
    Note,
    PersonInput,
    SelectInput,
    TextInput,
    dialog_handler,
    form_opener,
)
from response.plugins.forms import Input

REPORT_DIALOG = "incident-report-dialog"
EDIT_DIALOG = "incident-edit-dialog"
LONGEST_INPUT = 3000

Fields = list[Input | Note]


@form_opener("incident-report")
def report_form(text: str) -> Form:
    """What `/incident <text>` opens: the report prefilled, everything else for later."""
    cut = [Note(f"The report is cut to {LONGEST_INPUT} characters; the rest fits into the summary.")]
    fields: Fields = [*asked(report=text[:LONGEST_INPUT]), *(cut if len(text) > LONGEST_INPUT else [])]
    box = CheckboxInput("open_channel", "Channel", "Open a channel for it straight away")
    return Form(REPORT_DIALOG, "Report an Incident", [*fields, box], submit="Report")


def asked(**known: str) -> Fields:
    """Return the five questions about an incident, answered as far as known."""
    levels = [(level.label, level.value) for level in Severity]
    fields = (
        TextInput("report", "Report", placeholder="What is wrong, in a line?", value=known.get("report", "")),
        TextInput(
            "summary",
            "Summary",
            value=known.get("summary", ""),
            placeholder="What do you know so far?",
            optional=True,
            multiline=True,
        ),
        TextInput(
            "impact",
            "Impact",
            value=known.get("impact", ""),
            placeholder="Who is affected, and how badly?",
            hint="People, systems, processes: whatever feels it.",
            optional=True,
            multiline=True,
        ),
        PersonInput("lead", "Lead", value=known.get("lead", ""), optional=True),
        SelectInput("severity", "Severity", levels, value=known.get("severity", ""), optional=True),
    )
    return [too_long(field) or field for field in fields]


def too_long(field: Input) -> Note | None:
    """Return a line instead of an input that could not hold what is stored: editing would cut it."""
    if not isinstance(field, TextInput) or len(field.value) <= LONGEST_INPUT:
        return None
    return Note(f"{field.label}: {len(field.value)} characters, too long to edit here. It stays as it is.")


def check_report(submission: dict[str, Any]) -> dict[str, str]:
    """Refuse a report that says nothing."""
    if "report" in submission and not submission["report"].strip():
        return {"report": "Say in a line what is wrong."}
    return {}


@dialog_handler(REPORT_DIALOG, check=check_report)
def declare_incident(user: Person, submission: dict[str, Any], chat: Chat) -> str:
    """Open the incident and thank the reporter."""
    incident = actions.declare(
        submission["report"],
        by=user,
        summary=submission.get("summary"),
        impact=submission.get("impact"),
        lead=submission.get("lead"),
        severity=submission.get("severity"),
    )
    if submission.get("open_channel"):
        chat.open_channel(incident, by=user)
    where = chat.incidents_channel()
    return f"Thank you for reporting this. It is incident {incident.number}; you can follow it in {where}."


@form_opener("edit-incident-button")
def edit_form(incident: Incident) -> Form:
    """The same form, filled in with what is known."""
    fields = asked(
        report=incident.report,
        summary=incident.summary or "",
        impact=incident.impact or "",
        lead=incident.lead.external_id if incident.lead and incident.lead.app_id == "slack" else "",
        severity=incident.severity or "",
    )
    return Form(EDIT_DIALOG, f"Edit Incident {incident.number}", fields, submit="Save", state=str(incident.pk))


@dialog_handler(EDIT_DIALOG, check=check_report)
def save_edit(incident: Incident, user: Person, changed: dict[str, Any]) -> None:
    """Change what this person changed, and nothing that somebody else changed while the form was open."""
    actions.edit(incident, by=user, **changed)
