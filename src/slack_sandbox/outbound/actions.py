"""Buttons, menus and shortcuts: docs.slack.dev/reference/interaction-payloads."""

from dataclasses import dataclass
from typing import Any

from slack_sandbox.acts.access import find_message
from slack_sandbox.announce.views import failure_shown
from slack_sandbox.answer_urls import AnswerUrl
from slack_sandbox.blocks.values import FIELDS, entry, find_element, initial_values
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.answers import find_ephemeral
from slack_sandbox.outbound.outcome import Outcome
from slack_sandbox.outbound.payloads import (
    channel_reference,
    failure_word,
    interaction,
    response_url,
    send_interaction,
    trigger,
)
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import Person
from slack_sandbox.state.view import View

SHOWN = ("placeholder", "confirm", "text", "value", "url", "style")


@dataclass(frozen=True)
class Pressed:
    """What was pressed or chosen: an element, and its new value if it has one."""

    block_id: str
    action_id: str
    value: Any = None


async def act_in_message(hub: Hub, person: Person, channel: Channel, ts: str, pressed: Pressed) -> str | None:
    """Press or choose something in a message. Returns Slack's word for what went wrong, if it did."""
    message = find_ephemeral(channel, ts, person.id) or find_message(channel, ts)
    blocks = [*(message.blocks or ()), *(b for a in message.attachments or () for b in a.get("blocks") or ())]
    element = find_element(blocks, pressed.block_id, pressed.action_id)
    app = _app(hub, message.app_id)
    values = initial_values(blocks, {})
    made = _action(element, pressed, values, {}) | {"action_ts": hub.new_ts()}
    payload = interaction(hub, app, person, "block_actions") | message_origin(hub, channel, message, person)
    payload |= {"state": {"values": values}, "actions": [made], "trigger_id": trigger(hub, app, person)}
    return _word(hub, app, person, await send_interaction(hub, app, payload))


async def act_in_view(hub: Hub, person: Person, view: View, pressed: Pressed) -> str | None:
    """Press or choose something in a modal or home tab."""
    element = find_element(view.body["blocks"], pressed.block_id, pressed.action_id)
    app = hub.workspace.apps[view.app_id]
    offered = view.offered.get(f"{pressed.block_id}/{pressed.action_id}", {})
    made = _action(element, pressed, view.values, offered) | {"action_ts": hub.new_ts()}
    payload = interaction(hub, app, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger(hub, app, person, view.id),
        "view": view_payload(hub, view, state=view.values),
        "actions": [made],
    }
    return _word(hub, app, person, await send_interaction(hub, app, payload))


async def run_shortcut(
    hub: Hub, person: Person, callback_id: str, channel: Channel | None = None, message: Message | None = None
) -> str | None:
    """A global shortcut, or one on a message."""
    app = _offering(hub, callback_id)
    kind = "shortcut" if message is None else "message_action"
    payload = interaction(hub, app, person, kind) | {
        "action_ts": hub.new_ts(),
        "callback_id": callback_id,
        "trigger_id": trigger(hub, app, person),
    }
    if channel is not None and message is not None:
        where = AnswerUrl(app.id, person.id, channel.id, message.ts)
        payload |= {
            "channel": channel_reference(channel),
            "message_ts": message.ts,
            "message": message_payload(hub, message),
            "response_url": response_url(hub, "app", where),
        }
    return _word(hub, app, person, await send_interaction(hub, app, payload))


def message_origin(hub: Hub, channel: Channel, message: Message, person: Person) -> Json:
    """How an interaction names the message it happened in."""
    ephemeral = message.ephemeral_to is not None
    where = AnswerUrl(message.app_id or "", person.id, channel.id, message.ts, is_ephemeral=ephemeral)
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = where.thread_ts = message.thread_ts
    described: Json = {
        "container": container,
        "channel": channel_reference(channel),
        "response_url": response_url(hub, "actions", where),
    }
    return described if ephemeral else described | {"message": message_payload(hub, message)}


def _action(element: Json, pressed: Pressed, values: Json, offered: Json) -> Json:
    """The action, and `values` with the new choice in it."""
    made: Json = {"action_id": pressed.action_id, "block_id": pressed.block_id, "type": element["type"]}
    made |= {name: element[name] for name in SHOWN if name in element}
    if element["type"] in FIELDS:
        chosen = entry(element, pressed.value, offered)
        values.setdefault(pressed.block_id, {})[pressed.action_id] = chosen
        initial = FIELDS[element["type"]][1]
        made |= chosen | ({initial: element[initial]} if initial in element else {})
    elif element["type"] == "overflow":
        made |= entry(element, pressed.value)
    elif element["type"] == "feedback_buttons":
        sides = (element["positive_button"], element["negative_button"])
        made |= next((side for side in sides if side["value"] == pressed.value), sides[0])
    return made


def _app(hub: Hub, app_id: str | None) -> App:
    app = hub.workspace.apps.get(app_id or "")
    if app is None:
        raise SlackError("no_such_element", message="This message is not an app's.")
    return app


def _offering(hub: Hub, callback_id: str) -> App:
    for app in hub.workspace.apps.values():
        if any(shortcut["callback_id"] == callback_id for shortcut in app.shortcuts):
            return app
    raise SlackError("no_such_shortcut", message=f"No app here has the shortcut {callback_id}.")


def _word(hub: Hub, app: App, person: Person, outcome: Outcome) -> str | None:
    if outcome.failure is None:
        return None
    word = failure_word(outcome)
    failure_shown(hub, person.id, f'{app.name} did not answer: "{word}"')
    return word
