"""Messages that an app writes while people read."""

from typing import Any

from slack_sandbox.acts.compose import compose
from slack_sandbox.acts.messages import Draft, post
from slack_sandbox.announce.messages import message_changed, message_shown_again
from slack_sandbox.hub import Hub
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import Person
from slack_sandbox.text.mrkdwn import as_stored

LONGEST_PIECE = 12_000
STATES = ("pending", "in_progress", "complete", "error")


def is_chunk(value: Any) -> bool:
    """Whether Slack knows this kind of piece: text, a task, the title of the plan."""
    if not isinstance(value, dict):
        return False
    if value.get("type") == "markdown_text":
        return isinstance(value.get("text"), str)
    if value.get("type") == "task_update":
        return all(isinstance(value.get(name), str) for name in ("id", "title")) and value.get("status") in STATES
    return value.get("type") == "plan_update" and isinstance(value.get("title"), str)


def start(hub: Hub, channel: Channel, by: Person, draft: Draft, pieces: list[Json]) -> Message:
    """Begin a message."""
    message = post(hub, channel, by, draft)
    if pieces:
        append(hub, channel, message, pieces)
    return message


def append(hub: Hub, channel: Channel, message: Message, pieces: list[Json]) -> None:
    """Write on: pages see it at once, apps hear of the whole when it is over."""
    text = "".join(piece["text"] for piece in pieces if piece["type"] == "markdown_text")
    message.text += as_stored(text, hub.channel_name)
    tasks = {block["task_id"]: block for block in message.blocks or () if block["type"] == "task_card"}
    for piece in pieces:
        if piece["type"] == "task_update":
            card = {"type": "task_card", "task_id": piece["id"], "block_id": piece["id"]}
            tasks[piece["id"]] = {**card, "title": piece["title"], "status": piece["status"]}
    if tasks:
        message.blocks = [{"type": "markdown", "block_id": "text", "text": message.text or " "}, *tasks.values()]
    message_shown_again(hub, channel, message)


def stop(
    hub: Hub, channel: Channel, message: Message, pieces: list[Json], *, blocks: Any, metadata: Json | None
) -> None:
    """The message is whole."""
    content = compose(hub, "x", blocks) if blocks else None
    previous = message_payload(hub, message)
    if pieces:
        append(hub, channel, message, pieces)
    if content is not None and content.blocks:
        text = [{"type": "markdown", "block_id": "text", "text": message.text}] if message.text else []
        message.blocks = [*(message.blocks or text), *content.blocks]
    message.metadata, message.streaming = metadata or message.metadata, False
    message_changed(hub, channel, message, previous)
