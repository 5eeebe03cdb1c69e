"""The channel's topic."""

from response.core import severity
from response.core.models import Incident
from response.plugins import document_url
from response.slack.text import cut, one_line, plain

LONGEST = 250  # characters: https://docs.slack.dev/reference/methods/conversations.setTopic


def render(incident: Incident) -> str:
    """Return state, report and address in a line; the report gives way."""
    level = severity.label(incident.severity)
    state = f"{incident.severity_emoji()} {level or 'No severity yet'}, {incident.status_text()}"
    address = document_url(incident)
    room = LONGEST - len(state) - len(address) - 6
    report = cut(one_line(plain(incident.report)), max(room, 20))
    return cut(f"{state} | {report} | {address}", LONGEST)
