"""What a person can do with apps: commands, buttons, forms, shortcuts."""

from slack_sandbox.acts.access import find_message, require_member, require_open
from slack_sandbox.browser.acts import act, channel_of, needed
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound import actions, commands, submissions
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person
from slack_sandbox.state.view import View


def _said(failure: str | None) -> Json:
    return {} if failure is None else {"failure": failure}


def _view(hub: Hub, person: Person, body: Json) -> View:
    view = hub.workspace.views.get(needed(body, "view_id"))
    if view is None or view.user != person.id:
        raise SlackError("view_not_found", message="This window is no longer open.")
    return view


@act("command")
async def command(hub: Hub, person: Person, body: Json) -> Json:
    """Run a slash command."""
    channel = channel_of(hub, person, body)
    require_open(channel)
    require_member(channel, person)
    name, text = needed(body, "command"), str(body.get("text") or "")
    return _said(await commands.run_command(hub, person, channel, name, text, thread_ts=body.get("thread_ts")))


@act("act")
async def press_or_choose(hub: Hub, person: Person, body: Json) -> Json:
    """Press a button or choose something, in a message or in a view.

    In a view, `values` may carry what else is filled in, as in submit_view: the app is told that too.
    """
    pressed = actions.Pressed(needed(body, "block_id"), needed(body, "action_id"), body.get("value"))
    if body.get("view_id"):
        view = _view(hub, person, body)
        if body.get("values"):
            view.values = submissions.merged_values(view, body["values"])
        return _said(await actions.act_in_view(hub, person, view, pressed))
    channel = channel_of(hub, person, body)
    ts = needed(body, "message_ts")
    return _said(await actions.act_in_message(hub, person, channel, ts, pressed))


@act("submit_view")
async def submit_view(hub: Hub, person: Person, body: Json) -> Json:
    """Send a form."""
    await submissions.submit(hub, person, _view(hub, person, body), body.get("values") or {})
    return {}


@act("close_view")
async def close_view(hub: Hub, person: Person, body: Json) -> Json:
    """Cancel a form, or with `all` every open one."""
    await submissions.close(hub, person, _view(hub, person, body), everything=bool(body.get("all")))
    return {}


@act("options")
async def options(hub: Hub, person: Person, body: Json) -> Json:
    """What an external select offers for a query."""
    ids = (needed(body, "block_id"), needed(body, "action_id"), str(body.get("query") or ""))
    if body.get("view_id"):
        return await submissions.ask_options(hub, person, *ids, view=_view(hub, person, body))
    channel = channel_of(hub, person, body)
    message = find_message(channel, needed(body, "message_ts"))
    return await submissions.ask_options(hub, person, *ids, channel=channel, message=message)


@act("shortcut")
async def shortcut(hub: Hub, person: Person, body: Json) -> Json:
    """A global shortcut."""
    return _said(await actions.run_shortcut(hub, person, needed(body, "callback_id")))


@act("message_shortcut")
async def message_shortcut(hub: Hub, person: Person, body: Json) -> Json:
    """A shortcut on a message."""
    channel = channel_of(hub, person, body)
    message = find_message(channel, needed(body, "ts"))
    return _said(await actions.run_shortcut(hub, person, needed(body, "callback_id"), channel, message))
