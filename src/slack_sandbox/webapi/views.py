"""views.*: docs.slack.dev/surfaces/modals"""

from slack_sandbox.acts import views as acts
from slack_sandbox.blocks.views import check_view
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.view import View
from slack_sandbox.triggers import Trigger
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

VIEW = "duplicate_external_id view_too_large"
TRIGGER = "exchanged_trigger_id expired_trigger_id invalid_trigger_id"


@method("views.open", tokens="bot", errors=f"{VIEW} {TRIGGER}")
def open_view(call: Call) -> Json:
    """Open a modal in answer to something a person did in the last three seconds."""
    body, trigger = _modal(call), _redeemed(call)
    return _answer(call, acts.open_modal(call.hub, call.app, trigger.user_id, body))


@method("views.push", tokens="bot", errors=f"{VIEW} {TRIGGER} not_found push_limit_reached")
def push_view(call: Call) -> Json:
    """Put a modal on top of the one in which the trigger was made."""
    body, trigger = _modal(call), _redeemed(call)
    return _answer(call, acts.push_modal(call.hub, call.app, trigger.user_id, body))


@method("views.update", tokens="bot", errors=f"{VIEW} hash_conflict not_found")
def update_view(call: Call) -> Json:
    """Change an open view, by its id or the app's own."""
    body = _body(call)
    view = acts.find_view(call.hub, call.app, view_id=call.text("view_id"), external_id=call.text("external_id"))
    acts.update_view(call.hub, call.app, view, body, expected_hash=call.text("hash"))
    return _answer(call, view)


@method("views.publish", tokens="bot", errors=f"{VIEW} hash_conflict not_enabled")
def publish_view(call: Call) -> Json:
    """Set somebody's home tab."""
    body = _body(call)
    if not call.app.home_tab:
        raise SlackError("not_enabled")
    user = call.person("user_id", "invalid_arguments")
    return _answer(call, acts.publish_home(call.hub, call.app, user.id, body, expected_hash=call.text("hash")))


def _body(call: Call) -> Json:
    body = call.data("view")
    if not isinstance(body, dict):
        raise invalid_arguments("[ERROR] missing required field: view")
    return body


def _modal(call: Call) -> Json:
    """A proper modal: a bad one does not use the trigger up."""
    body = _body(call)
    check_view(body, "modal")
    return body


def _redeemed(call: Call) -> Trigger:
    trigger_id = call.required("trigger_id", "invalid_trigger_id")
    return call.hub.triggers.redeem(trigger_id, call.app.id, now=call.hub.clock.now())


def _answer(call: Call, view: View) -> Json:
    return {"view": view_payload(call.hub, view)}
