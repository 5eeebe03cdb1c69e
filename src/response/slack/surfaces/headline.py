"""The headline post: one per incident, always current."""

from typing import Any

from django.conf import settings

from response.core import severity
from response.core.models import Incident
from response.plugins import Button, document_url, registry
from response.plugins.calling import Provided, call
from response.plugins.registry import Handler
from response.slack import failures
from response.slack.limits import within
from response.slack.models import CommsChannel, HeadlinePost
from response.slack.surfaces import blocks
from response.slack.text import cut, for_slack, one_line, plain

LONGEST_REPORT = 500


def render(incident: Incident, post: HeadlinePost) -> dict[str, Any]:
    """Return the headline as `text` and `blocks`."""
    parts = [
        blocks.section(f"*{report(incident)}*", "report"),
        blocks.section(f"🙋🏻‍♂️ Reporter: {incident.reporter.reference()}", "reporter"),
        blocks.section(f"👩‍🚒 Incident Lead: {incident.lead.reference() if incident.lead else '-'}", "lead"),
        blocks.divider(),
        blocks.section(f"{incident.status_emoji()} Status: {incident.status_text().capitalize()}", "status"),
        blocks.section(f"{incident.severity_emoji()} Severity: {severity.label(incident.severity) or '-'}", "severity"),
        blocks.section(f"📄 Document: <{document_url(incident)}|Incident {incident.number}>", "incident_doc"),
    ]
    channel = ready_channel(incident)
    if channel:
        parts.append(blocks.section(f"🗣 Comms Channel: <#{channel.channel_id}>", "comms_channel"))
    if not incident.is_closed():
        parts.append(blocks.section("Need something else?"))
        parts += blocks.actions(buttons(incident, post), "actions")
    return {"text": fallback(incident), "blocks": blocks.rendered(parts)}


def report(incident: Incident) -> str:
    """Return the report in one line: bold text ends with its line."""
    return cut(for_slack(one_line(incident.report)), LONGEST_REPORT)


def fallback(incident: Incident) -> str:
    """Return what a notification shows."""
    level = severity.label(incident.severity)
    words = [f"Incident {incident.number} is {incident.status_text()}", *([level.lower()] if level else [])]
    return f"{', '.join(words)}: {cut(for_slack(plain(one_line(incident.report))), 300)}"


def ready_channel(incident: Incident) -> CommsChannel | None:
    """Return the incident's channel once Slack has made it."""
    channel: CommsChannel | None = getattr(incident, "commschannel", None)
    return channel if channel and channel.is_ready else None


def buttons(incident: Incident, post: HeadlinePost) -> list[Button | dict[str, Any]]:
    """Ask every headline action for its button. One that fails is left out, and logged."""
    offered: list[Button | dict[str, Any]] = []
    for handler in sorted(registry.headline_actions, key=lambda handler: handler.order):
        try:
            found = button(handler, incident, post)
        except Exception as error:  # noqa: BLE001 - the plugin boundary
            failures.write_down(error, handler.key, incident=incident.pk)
        else:
            offered += [found] if found else []
    return offered


def button(handler: Handler, incident: Incident, post: HeadlinePost) -> Button | dict[str, Any] | None:
    """Ask one headline action, a plugin's for a limited time."""
    provided: Provided = {"incident": lambda: incident, "headline_post": lambda: post}

    def ask() -> Button | dict[str, Any] | None:
        found = call(handler.function, "headline", provided)
        if hasattr(found, "serialize"):  # the original's buttons and lists
            return dict(found.serialize())
        return found if isinstance(found, Button) else None

    return ask() if handler.is_built_in else within(settings.HANDLER_TIMEOUT, ask)
