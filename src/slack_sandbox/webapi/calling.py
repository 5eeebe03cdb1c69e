"""Running a method: who calls, whether they may, and what it is called when they may not."""

import logging

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import METHODS, TRANSPORT
from slack_sandbox.webapi.request import Received
from slack_sandbox.webapi.tokens import NO_GRANT, Grant, find_grant

logger = logging.getLogger(__name__)


def find_caller(hub: Hub, name: str, received: Received) -> Grant:
    """Whose token came with the call. Raises what Slack says to a token that is no good."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    return find_grant(hub, received.token) if method.tokens else NO_GRANT


def run(hub: Hub, name: str, grant: Grant, received: Received) -> Json:
    """The fields of the answer. Raises SlackError with one of the names that the method's page lists."""
    method = METHODS[name]
    call = Call(hub, name, grant, received.args, received.files)
    if method.tokens:
        if grant.kind not in method.tokens:
            raise SlackError("not_allowed_token_type")
        call.need(*method.scopes_for(grant.kind))
    try:
        return method.run(call)
    except SlackError as refusal:
        refusal.error = method.instead.get(refusal.error, refusal.error)
        if refusal.error not in method.errors | TRANSPORT and "*" not in method.errors:
            # A mistake of ours: the app is answered all the same, and our tests fail.
            logger.error("undeclared_error method=%s error=%s", name, refusal.error)
        raise
