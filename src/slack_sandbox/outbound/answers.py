"""What an app answers to a slash command or a response URL."""

from dataclasses import replace
from typing import Any

from slack_sandbox.acts.compose import compose
from slack_sandbox.acts.messages import Draft, delete, edit, post, post_ephemeral
from slack_sandbox.announce.messages import ephemeral_gone, ephemeral_shown
from slack_sandbox.answer_urls import AnswerUrl
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message


def give_answer(hub: Hub, where: AnswerUrl, answer: Json) -> None:
    """Say, replace or delete what the answer asks for. It needs no membership of the channel."""
    app = hub.workspace.apps.get(where.app_id)
    channel = hub.workspace.channels.get(where.channel_id)
    if app is None or channel is None:
        raise SlackError("no_service")
    if channel.is_archived:
        raise SlackError("channel_is_archived")
    original = _original(channel, where)
    if _is_true(answer.get("delete_original")) and original is not None:
        _delete(hub, channel, original)
    elif _is_true(answer.get("replace_original")) and original is not None:
        _replace(hub, channel, original, answer)
    else:
        _say(hub, app, channel, where, answer)


def _say(hub: Hub, app: App, channel: Channel, where: AnswerUrl, answer: Json) -> None:
    content = _content(hub, answer)
    bot = hub.workspace.people[app.bot_user]
    draft = Draft(**content, thread_ts=str(answer.get("thread_ts") or "") or where.thread_ts)
    if answer.get("response_type") == "in_channel":
        post(hub, channel, bot, replace(draft, username=app.name))
    else:
        post_ephemeral(hub, channel, bot, hub.workspace.people[where.user_id], draft)


def _replace(hub: Hub, channel: Channel, original: Message, answer: Json) -> None:
    content = _content(hub, answer)
    if original.ephemeral_to is None:
        edit(hub, channel, original, hub.workspace.people[original.user], **content)
        return
    for name, value in content.items():
        setattr(original, name, value)
    ephemeral_shown(hub, channel, original, how="message_changed")


def _delete(hub: Hub, channel: Channel, original: Message) -> None:
    if original.ephemeral_to is None:
        delete(hub, channel, original, hub.workspace.people[original.user])
        return
    channel.ephemerals = [each for each in channel.ephemerals if each is not original]
    ephemeral_gone(hub, channel, original)


def _content(hub: Hub, answer: Json) -> Json:
    text = answer.get("text")
    text = None if text is None else str(text)
    content = compose(hub, text, answer.get("blocks"), answer.get("attachments"), unique=False)
    return {"text": content.text, "blocks": content.blocks, "attachments": content.attachments}


def _original(channel: Channel, where: AnswerUrl) -> Message | None:
    if where.message_ts is None:
        return None
    if where.is_ephemeral:
        return find_ephemeral(channel, where.message_ts, where.user_id)
    return channel.log.get(where.message_ts)


def find_ephemeral(channel: Channel, ts: str, user_id: str) -> Message | None:
    """What was shown to this person alone."""
    shown = (each for each in channel.ephemerals if each.ts == ts and each.ephemeral_to == user_id)
    return next(shown, None)


def _is_true(value: Any) -> bool:
    return value is True or value == "true"
