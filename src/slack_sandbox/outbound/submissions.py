"""Forms: submitting, closing, filling menus from the app."""

from typing import Any

from slack_sandbox.acts.views import close_all, close_top, push_modal, update_view
from slack_sandbox.blocks.objects import OPTION_GROUPS, OPTIONS
from slack_sandbox.blocks.rules import Findings
from slack_sandbox.blocks.values import find_element, problems, submitted_values
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.actions import message_origin
from slack_sandbox.outbound.payloads import interaction, send_interaction, trigger
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import Person
from slack_sandbox.state.view import View

TROUBLE = "We had some trouble connecting. Try again?"
UNLOADED = "The options could not be loaded."


async def submit(hub: Hub, person: Person, view: View, given: Json) -> None:
    """Send a filled-in form and do what the app answers.

    Raises `validation` with `errors` by block id, from Slack's own checks or the app's, or `app_error`.
    """
    blocks = view.body["blocks"]
    values = submitted_values(blocks, given, view.offered)
    if wrong := problems(blocks, values):
        raise SlackError("validation", errors=wrong)
    view.values = values
    app = hub.workspace.apps[view.app_id]
    payload = interaction(hub, app, person, "view_submission") | {
        "trigger_id": trigger(hub, app, person, view.id),
        "view": view_payload(hub, view, state=values),
        "response_urls": [],
    }
    outcome = await send_interaction(hub, app, payload)
    if outcome.failure is not None:
        raise SlackError("app_error", message=TROUBLE)
    _obey(hub, app, view, outcome.json)


def _obey(hub: Hub, app: App, view: View, answer: Json) -> None:
    action = answer.get("response_action")
    try:
        if action == "errors":
            raise SlackError("validation", errors=_known_errors(view, answer.get("errors")))
        if action == "update":
            update_view(hub, app, view, answer.get("view") or {})
        elif action == "push":
            push_modal(hub, app, view.user, answer.get("view") or {})
        elif action == "clear":
            close_all(hub, view.user)
        else:
            close_top(hub, view)
    except SlackError as error:
        if error.error == "validation":
            raise
        details = error.extra.get("response_metadata", {}).get("messages", [])
        raise SlackError("app_error", message=TROUBLE, cause=error.error, details=details) from error


def _known_errors(view: View, errors: Any) -> Json:
    """Errors stand at input blocks; Slack shows none that names another."""
    errors = errors if isinstance(errors, dict) else {}
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    known = {block_id: str(text) for block_id, text in errors.items() if block_id in inputs}
    if not known:
        raise SlackError("app_error", message=TROUBLE, cause="errors name no input block")
    return known


def merged_values(view: View, given: Json) -> Json:
    """What a view held before with what a page says is in it now; fields it does not name stay."""
    now = submitted_values(view.body["blocks"], given, view.offered)
    return {
        block_id: {
            action_id: made if action_id in given.get(block_id, {}) else view.values[block_id][action_id]
            for action_id, made in actions.items()
        }
        for block_id, actions in now.items()
    }


async def close(hub: Hub, person: Person, view: View, *, everything: bool) -> None:
    """Cancel one modal, or with the cross all of them. The app hears of it if it asked to."""
    closed = hub.workspace.views[view.root_id] if everything else view
    told = closed.body.get("notify_on_close")
    shown = view_payload(hub, closed, state=closed.values)
    if everything:
        close_all(hub, person.id)
    else:
        close_top(hub, view)
    if told:
        app = hub.workspace.apps[view.app_id]
        payload = interaction(hub, app, person, "view_closed")
        await send_interaction(hub, app, payload | {"view": shown, "is_cleared": everything})


async def ask_options(
    hub: Hub,
    person: Person,
    block_id: str,
    action_id: str,
    query: str,
    *,
    view: View | None = None,
    channel: Channel | None = None,
    message: Message | None = None,
) -> Json:
    """The options an app offers for what was typed into an external select: `options` or `option_groups`."""
    app_id = view.app_id if view else (message.app_id if message else None)
    app = hub.workspace.apps[app_id or ""]
    payload = interaction(hub, app, person, "block_suggestion")
    payload |= {"action_id": action_id, "block_id": block_id, "value": query}
    if view is not None:
        find_element(view.body["blocks"], block_id, action_id)
        payload |= {"container": {"type": "view", "view_id": view.id}}
        payload["view"] = view_payload(hub, view, state=view.values)
    elif channel is not None and message is not None:
        payload |= message_origin(hub, channel, message, person)
    outcome = await send_interaction(hub, app, payload, url=app.options_url)
    if outcome.failure is not None:
        raise SlackError("app_error", message=UNLOADED)
    groups = outcome.json.get("option_groups") or []
    flat = _checked_options(outcome.json)
    if view is not None:
        view.offered.setdefault(f"{block_id}/{action_id}", {}).update({each["value"]: each for each in flat})
    return {"options": flat, **({"option_groups": groups} if groups else {})}


def _checked_options(answer: Json) -> list[Json]:
    """The options of an answer, those of its groups too. Raises `app_error` where Slack would show none."""
    found = Findings()
    options, groups = answer.get("options") or [], answer.get("option_groups") or []
    OPTIONS.check(options, "/options", found)
    OPTION_GROUPS.check(groups, "/option_groups", found)
    if found.problems:
        raise SlackError("app_error", message=UNLOADED, details=found.messages)
    return [*options, *(option for group in groups for option in group["options"])]
