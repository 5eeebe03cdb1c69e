"""blocks.validate: docs.slack.dev/reference/methods/blocks.validate"""

from typing import Any

from slack_sandbox.blocks.check import look_at_blocks
from slack_sandbox.blocks.rules import Findings, listed
from slack_sandbox.blocks.views import BY_TYPE, look_at_view
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method


@method("blocks.validate", errors="invalid_blocks invalid_message invalid_view")
def validate(call: Call) -> Json:
    """Say what is wrong with blocks, a view or a message, without sending any."""
    given = [name for name in ("blocks", "view", "message") if call.text(name)]
    if len(given) != 1:
        raise invalid_arguments("[ERROR] provide exactly one of blocks, view, message")
    (kind,) = given
    found = LOOKS[kind](call.data(kind))
    if found.problems:
        raise SlackError(f"invalid_{kind}", errors=[_issue(problem, at) for problem, at in found.problems])
    return {}


def _view(view: Any) -> Findings:
    kind = view.get("type") if isinstance(view, dict) else None
    if isinstance(kind, str) and kind in BY_TYPE:
        return look_at_view(view, kind, "")
    found = Findings()
    found.add("must be one of: home, modal", "/type")
    return found


def _message(message: Any) -> Findings:
    found = Findings()
    if not isinstance(message, dict) or not any(message.get(name) for name in ("text", "blocks", "attachments")):
        found.add("must provide one of: text, blocks, attachments", "")
        return found
    if message.get("blocks"):
        found.problems += look_at_blocks(message["blocks"]).problems
    for index, attachment in enumerate(listed(message, "attachments")):
        at = f"/attachments/{index}"
        if not isinstance(attachment, dict):
            found.add("must provide an object", at)
        elif attachment.get("blocks"):
            found.problems += look_at_blocks(attachment["blocks"], f"{at}/blocks", unique=False).problems
    return found


def _issue(problem: str, at: str) -> Json:
    return {"code": "failed_constraint", "message": problem, "pointer": at}


LOOKS = {"blocks": lambda blocks: look_at_blocks(blocks, ""), "view": _view, "message": _message}
