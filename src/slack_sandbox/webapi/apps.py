"""apps.connections.open: docs.slack.dev/reference/methods/apps.connections.open"""

from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method


@method("apps.connections.open", "connections:write", tokens="app")
def open_connection(call: Call) -> Json:
    """An address for one WebSocket, to be used once and soon."""
    return {"url": call.hub.links.address(call.app)}
