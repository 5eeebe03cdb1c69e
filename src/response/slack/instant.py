"""What Slack must have within 3 s: opening a form, and refusing one with what is wrong. Everything else is a job."""

import logging
from collections.abc import Callable
from typing import Any

from response.core.errors import PermanentError, TemporaryError, UserError
from response.plugins import registry
from response.plugins.calling import call
from response.plugins.registry import Handler
from response.slack import admission, client, commands, contexts, failures, inbox, outbox
from response.slack.models import InboundRequest
from response.slack.payloads import Command, Interaction, text_at
from response.slack.surfaces import forms, menu, messages

logger = logging.getLogger(__name__)

PATIENCE = 1.5  # seconds for views.open; with our own work it must stay under Slack's 3
REPORT_FORM = "incident-report"

Answer = dict[str, Any] | None


def run_command(command: Command) -> Answer:
    """Take a slash command: in an incident's channel a command of it, else a report to be made."""
    incident = contexts.for_command(command).incident_here()
    # A form to report with tells nothing of any incident, so it opens in doubt: sending it in asks again.
    in_doubt = admission.NOT_KNOWN if incident and not command.text.strip() else None
    if refusal := admission.turned_away(command.user, name=command.user_name, in_doubt=in_doubt):
        return messages.private(refusal)
    if incident and commands.is_command(command.text):
        inbox.take(command.key, InboundRequest.Kind.COMMAND, command.channel, command.raw)
        return None
    if incident and not command.text.strip():
        inbox.remember(command.key, InboundRequest.Kind.COMMAND, command.channel, command.raw)
        return menu.render(incident)
    return report(command)


def report(command: Command) -> Answer:
    """Open the form that reports an incident. The person sees the form, or why there is none."""
    opener = registry.forms.get(REPORT_FORM)
    if opener is None:
        return messages.private("Nothing is set up to report an incident with.")
    inbox.remember(command.key, InboundRequest.Kind.COMMAND, command.channel or inbox.ANY_LANE, command.raw)
    return open_form(opener, contexts.for_command(command))


def interact(interaction: Interaction) -> Answer:
    """Answer a button or a form: what opens a form opens it now, the rest becomes a job."""
    if interaction.type == "block_actions":
        return press(interaction)
    if interaction.type == "view_submission":
        return submit(interaction)
    logger.info("request_unknown kind=%s", interaction.type)
    return None


def press(interaction: Interaction) -> Answer:
    found = ((registry.forms.get(each.action_id), each) for each in interaction.presses)
    opener, pressed = next((pair for pair in found if pair[0]), (None, None))
    if opener is None or pressed is None:
        inbox.take(interaction.key, InboundRequest.Kind.INTERACTION, interaction.channel, interaction.raw)
        return None
    inbox.remember(interaction.key, InboundRequest.Kind.INTERACTION, interaction.channel, interaction.raw)
    turned_away = admission.turned_away(interaction.user, name=interaction.user_name)
    problem = (
        messages.private(turned_away) if turned_away else open_form(opener, contexts.for_press(interaction, pressed))
    )
    if problem:
        channel, url = interaction.channel, interaction.response_url
        outbox.tell(interaction.user, problem["text"], channel=channel, response_url=url)
    return None


def submit(interaction: Interaction) -> Answer:
    handler = registry.dialogs.get(interaction.callback_id)
    if handler is None:
        logger.warning("form_unknown callback_id=%s", interaction.callback_id[:60])
        return refusal(interaction, "Nothing here handles this form any more, so it was not taken.")
    if turned_away := admission.turned_away(interaction.user, name=interaction.user_name, in_doubt=None):
        return refusal(interaction, turned_away)
    errors = forms.mistakes(interaction.view)
    if not errors and handler.check:
        try:
            errors = checked(handler.check, interaction)
        except UserError as error:
            return refusal(interaction, str(error))
        except Exception as error:  # noqa: BLE001 - the plugin boundary: the form stays open, with a reference
            return refusal(interaction, failures.told(error, failures.write_down(error, handler.key)))
    if errors:
        return {"response_action": "errors", "errors": errors}
    inbox.take(interaction.key, InboundRequest.Kind.INTERACTION, interaction.channel, interaction.raw)
    return None


def checked(check: Callable[..., dict[str, str]], interaction: Interaction) -> dict[str, str]:
    """Return what a handler's check finds wrong. Slack knows no place for what is wrong but the form's inputs."""
    errors: dict[str, str] = call(check, "check", contexts.for_form(interaction).provided) or {}
    asked = [text_at(block, "block_id") for block in forms.inputs(interaction.view)]
    if unknown := set(errors) - set(asked):
        raise KeyError(f"{check.__name__}() says what is wrong with {sorted(unknown)}; the form asks for {asked}")
    return errors


def refusal(interaction: Interaction, reason: str) -> Answer:
    """Keep the form open, and say why at its first field."""
    first = next((str(block.get("block_id", "")) for block in forms.inputs(interaction.view)), "")
    return {"response_action": "errors", "errors": {first: reason}} if first else None


def open_form(opener: Handler, context: contexts.Context) -> Answer:
    """Show the form. Returns what to tell the person when it cannot be shown."""
    try:
        form = call(opener.function, "form", context.provided)
        incident = context.incident()
        where = {"channel": context.channel_id, "response_url": context.response_url}
        view = forms.view(form, **where, incident=incident.number if incident else None)
        client.call("views.open", timeout=PATIENCE, trigger_id=context.trigger_id, view=view)
    except UserError as error:
        return messages.private(str(error))
    except (TemporaryError, PermanentError) as error:
        logger.warning("form_not_opened handler=%s reason=%s", opener.key, error)
        return messages.private("Slack did not open the form. Please try once more; the log says why it did not.")
    except Exception as error:  # noqa: BLE001 - the plugin boundary
        return messages.private(failures.told(error, failures.write_down(error, opener.key)))
    return None
