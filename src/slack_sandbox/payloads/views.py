"""Views, as views.* and interactions give them."""

from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.view import View

DEFAULT_TITLE = {"type": "plain_text", "text": "View Title", "emoji": True}


def view_payload(hub: Hub, view: View, *, state: Json | None = None) -> Json:
    """The view object; `state` is what the person has filled in (nothing when it was only opened)."""
    app = hub.workspace.apps[view.app_id]
    team = hub.workspace.team.id
    body = view.body
    payload: Json = {
        "id": view.id,
        "team_id": team,
        "type": view.kind,
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata") or "",
        "callback_id": body.get("callback_id") or "",
        "state": {"values": state or {}},
        "hash": view.hash,
        "title": body.get("title") or DEFAULT_TITLE,
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": view.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": team,
        "bot_id": app.bot_id,
    }
    if view.kind == "modal":
        payload["submit_disabled"] = bool(body.get("submit_disabled"))
    return payload
