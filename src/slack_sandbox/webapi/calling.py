"""Running a method: who calls, whether they may, and what it is called when they may not."""

import logging

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.limits import capped
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import METHODS, TRANSPORT
from slack_sandbox.webapi.request import Received
from slack_sandbox.webapi.tokens import NOBODY_CALLS, Caller, bearer

logger = logging.getLogger(__name__)


def find_caller(hub: Hub, name: str, received: Received) -> Caller:
    """Whose token came with the call. Raises what Slack says to a token that is no good."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if not method.tokens:
        return NOBODY_CALLS
    if method.tokens == {"app"} and not received.is_in_header:
        raise SlackError("not_authed")
    return bearer(hub, received.token)


def run(hub: Hub, name: str, caller: Caller, received: Received) -> Json:
    """The fields of the answer. Raises SlackError with one of the names that the method's page lists."""
    method = METHODS[name]
    args = capped(hub.settings.limits, name, received.args)
    call = Call(hub, name, caller, args, received.token, received.files)
    if method.tokens:
        if caller.kind not in method.tokens:
            raise SlackError("not_allowed_token_type")
        call.need(*method.scopes_for(caller.kind))
    try:
        return method.run(call)
    except SlackError as refusal:
        refusal.error = method.instead.get(refusal.error, refusal.error)
        if refusal.error not in method.errors | TRANSPORT and "*" not in method.errors:
            # A mistake of ours: the app is answered all the same, and our tests fail.
            logger.error("undeclared_error method=%s error=%s", name, refusal.error)
        raise
