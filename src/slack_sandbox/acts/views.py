"""Modals and home tabs: opening, pushing, changing, closing."""

import copy

from slack_sandbox.announce.views import home_shown, stack_shown
from slack_sandbox.blocks.complete import complete
from slack_sandbox.blocks.values import initial_values
from slack_sandbox.blocks.views import check_view
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id, new_secret
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.view import View

DEEPEST = 3


def open_modal(hub: Hub, app: App, user: str, body: Json) -> View:
    """Show a modal on its own; what was open before is gone."""
    body = _checked(hub, body, "modal")
    close_all(hub, user)
    view = _new_view(hub, app, user, "modal", body)
    hub.workspace.stacks[user] = [view.id]
    stack_shown(hub, user)
    return view


def push_modal(hub: Hub, app: App, user: str, body: Json) -> View:
    """Put a modal on top of the open ones, of which there may be three."""
    stack = hub.workspace.stacks.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    body = _checked(hub, body, "modal")
    root, previous = hub.workspace.views[stack[0]], stack[-1]
    view = _new_view(hub, app, user, "modal", body)
    view.root_id, view.previous_id = root.id, previous
    hub.workspace.stacks[user] = [*stack, view.id]
    stack_shown(hub, user)
    return view


def update_view(hub: Hub, app: App, view: View, body: Json, *, expected_hash: str | None = None) -> None:
    """Give a view other content. What is filled in stays where block and action ids are the same."""
    if expected_hash and expected_hash != view.hash:
        raise SlackError("hash_conflict")
    view.body = _checked(hub, body, view.kind, instead_of=view)
    view.values = initial_values(view.body["blocks"], view.values)
    view.hash = _new_hash(hub)
    if view.kind == "modal":
        stack_shown(hub, view.user)
    else:
        home_shown(hub, app.id, view.user)


def publish_home(hub: Hub, app: App, user: str, body: Json, *, expected_hash: str | None = None) -> View:
    """Set a person's home tab of an app."""
    key = f"{app.id}/{user}"
    view_id = hub.workspace.homes.get(key)
    if view_id is not None:
        view = hub.workspace.views[view_id]
        update_view(hub, app, view, body, expected_hash=expected_hash)
        return view
    view = _new_view(hub, app, user, "home", _checked(hub, body, "home"))
    hub.workspace.homes[key] = view.id
    home_shown(hub, app.id, user)
    return view


def find_view(hub: Hub, app: App, *, view_id: str | None = None, external_id: str | None = None) -> View:
    """An open view of this app. Raises `not_found`."""
    for view in hub.workspace.views.values():
        wanted = view.id == view_id if view_id else external_id and view.external_id == external_id
        if wanted and view.app_id == app.id:
            return view
    raise SlackError("not_found")


def close_top(hub: Hub, view: View) -> None:
    """Close one modal, and those above it; with clear_on_close all of them."""
    stack = hub.workspace.stacks.get(view.user, [])
    if view.id not in stack:
        return
    keep = [] if view.body.get("clear_on_close") else stack[: stack.index(view.id)]
    _keep(hub, view.user, keep)


def close_all(hub: Hub, user: str) -> None:
    """Close every modal of a person."""
    if hub.workspace.stacks.get(user):
        _keep(hub, user, [])


def _keep(hub: Hub, user: str, keep: list[str]) -> None:
    for view_id in hub.workspace.stacks.get(user, []):
        if view_id not in keep:
            del hub.workspace.views[view_id]
    hub.workspace.stacks[user] = keep
    stack_shown(hub, user)


def _checked(hub: Hub, body: Json, kind: str, instead_of: View | None = None) -> Json:
    check_view(body, kind)
    external_id = body.get("external_id")
    views = hub.workspace.views.values()
    if external_id and any(v is not instead_of and v.external_id == external_id for v in views):
        raise SlackError("duplicate_external_id")
    texts = {
        name: {"emoji": True, **body[name]} for name in ("title", "submit", "close") if isinstance(body.get(name), dict)
    }
    return {**copy.deepcopy(body), **texts, "blocks": complete(body["blocks"], hub.channel_name)}


def _new_view(hub: Hub, app: App, user: str, kind: str, body: Json) -> View:
    view_id = new_id("V")
    values = initial_values(body["blocks"], {})
    view = View(view_id, app.id, user, kind, body, _new_hash(hub), view_id, values=values)
    hub.workspace.views[view_id] = view
    return view


def _new_hash(hub: Hub) -> str:
    return f"{int(hub.clock.now())}.{new_secret(8)}"
