"""conversations.canvases.create"""

from typing import Any

from slack_sandbox.acts.access import require_member
from slack_sandbox.acts.files import complete, make_file, receive
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

LONGEST = 1_048_576


@method(
    "conversations.canvases.create",
    "canvases:write",
    errors="canvas_creation_failed channel_canvas_already_exists free_team_canvas_tab_already_exists restricted_action",
    instead=dict.fromkeys(("channel_not_found", "not_in_channel", "is_archived"), "restricted_action"),
)
def create(call: Call) -> Json:
    """Give a channel its canvas, with text in Slack's markdown."""
    channel = call.channel("channel_id")
    require_member(channel, call.me)
    if channel.canvas:
        is_free = call.hub.workspace.team.plan == "free"
        raise SlackError("free_team_canvas_tab_already_exists" if is_free else "channel_canvas_already_exists")
    content: Any = call.data("document_content") or {"type": "markdown", "markdown": ""}
    if (
        not isinstance(content, dict)
        or content.get("type") != "markdown"
        or not isinstance(content.get("markdown"), str)
    ):
        raise SlackError("canvas_creation_failed")
    if len(content["markdown"]) > LONGEST:
        raise SlackError("canvas_creation_failed")
    title = call.text("title") or "Untitled"
    file = make_file(call.hub, title, call.me, mode="canvas", mimetype="text/markdown", app_id=call.app.id)
    receive(call.hub, file, content["markdown"].encode())
    complete(call.hub, file, title)
    channel.canvas, file.shares = file.id, {channel.id: []}
    call.hub.touch()
    return {"canvas_id": file.id}
