"""Posting, editing, deleting."""

import uuid
from bisect import insort
from dataclasses import dataclass, replace

from slack_sandbox.acts.unfurls import unfurl_permalinks
from slack_sandbox.announce.messages import (
    ephemeral_shown,
    message_changed,
    message_deleted,
    message_posted,
    metadata_changed,
)
from slack_sandbox.blocks.check import texts
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import SYSTEM_SUBTYPES, Message
from slack_sandbox.state.person import SLACKBOT, Person
from slack_sandbox.text.mrkdwn import people_called

EPHEMERALS_KEPT = 200


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say, checked and parsed already."""

    text: str = ""
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    username: str | None = None
    icons: Json | None = None
    subtype: str | None = None
    extra: Json | None = None
    files: list[str] | None = None
    """Ids of what is shared with it."""
    via: App | None = None
    """The app through which it is said, if it is not said by hand."""
    unfurls: bool = False
    """Whether links in it are looked up."""
    streaming: bool = False
    ts: str | None = None
    """Only for a past that is being set up."""


def post(hub: Hub, channel: Channel, by: Person, draft: Draft, *, quietly: bool = False) -> Message:
    """Put a message into a channel. `quietly` tells nobody: for a past that is being set up."""
    message = _message(hub, channel, by, draft)
    channel.closed_for = []
    channel.log.add(message)
    _note_mentions(hub, channel, message)
    if not message.is_reply:
        channel.last_read[by.id] = max(channel.last_read.get(by.id, ""), message.ts)
    if quietly:
        hub.touch()
    else:
        message_posted(hub, channel, message)
        if draft.unfurls:
            unfurl_permalinks(hub, channel, message)
    return message


def post_system(hub: Hub, channel: Channel, by: Person, subtype: str, text: str, **extra: object) -> Message:
    """The grey line that says what somebody did."""
    return post(hub, channel, by, Draft(text=text, subtype=subtype, extra=extra or None))


def post_ephemeral(hub: Hub, channel: Channel, by: Person, to: Person, draft: Draft) -> Message:
    """Show something to one person, in passing."""
    message = _message(hub, channel, by, draft)
    message.ephemeral_to = to.id
    channel.ephemerals = [*channel.ephemerals[1 - EPHEMERALS_KEPT :], message]
    ephemeral_shown(hub, channel, message)
    return message


def edit(hub: Hub, channel: Channel, message: Message, by: Person, **changes: object) -> None:
    """Change what one has said: text, blocks, attachments, metadata."""
    if message.user != by.id or message.subtype is not None:
        raise SlackError("cant_update_message")
    if message.streaming:
        raise SlackError("streaming_state_conflict")
    window = hub.workspace.team.msg_edit_window_mins
    if window >= 0 and hub.clock.now() - float(message.ts) > window * 60:
        raise SlackError("edit_window_closed")
    previous, metadata = message_payload(hub, message), message.metadata
    for name, value in changes.items():
        setattr(message, name, value)
    message.edited = {"user": by.bot_id or by.id, "ts": hub.new_ts()}
    message_changed(hub, channel, message, previous)
    metadata_changed(hub, channel, message, metadata)


def broadcast(hub: Hub, channel: Channel, message: Message, by: Person) -> None:
    """Show an own reply in the channel as well."""
    if message.user != by.id or message.thread_ts is None or message.broadcast:
        raise SlackError("cant_broadcast_message")
    channel.log.remove(message)
    message.broadcast = True
    channel.log.add(message)
    message_posted(hub, channel, message)


def delete(hub: Hub, channel: Channel, message: Message, by: Person) -> None:
    """Take back what one has said. A parent with replies leaves a tombstone."""
    if message.user != by.id and not by.is_admin:
        raise SlackError("cant_delete_message")
    previous, metadata = message_payload(hub, message), message.metadata
    channel.pins = [pin for pin in channel.pins if pin["ts"] != message.ts]
    if channel.log.replies(message.ts):
        _entomb(hub, channel, message, previous)
        return
    channel.log.remove(message)
    _forget_mentions(channel, message)
    message_deleted(hub, channel, message, previous)
    message.metadata = None
    metadata_changed(hub, channel, message, metadata)


def _entomb(hub: Hub, channel: Channel, message: Message, previous: Json) -> None:
    stone = Message(ts=message.ts, channel=channel.id, user=SLACKBOT, text="This message was deleted.")
    stone.subtype, stone.extra = "tombstone", {"hidden": True}
    channel.log.by_ts[message.ts] = stone
    message_changed(hub, channel, stone, previous)


def _message(hub: Hub, channel: Channel, by: Person, draft: Draft) -> Message:
    parent = channel.log.get(draft.thread_ts) if draft.thread_ts else None
    if parent is not None and parent.thread_ts:
        draft = replace(draft, thread_ts=parent.thread_ts)
    elif parent is None:  # Slack posts into the channel when there is no such parent
        draft = replace(draft, thread_ts=None, broadcast=False)
    elif parent.subtype in SYSTEM_SUBTYPES:
        raise SlackError("cannot_reply_to_message")
    app = (draft.via or hub.workspace.app_of_bot(by.id)) if draft.subtype is None else None
    return Message(
        ts=draft.ts or hub.new_ts(),
        channel=channel.id,
        user=by.id,
        text=draft.text,
        blocks=draft.blocks,
        attachments=draft.attachments,
        subtype=draft.subtype,
        app_id=app.id if app else None,
        bot_id=app.bot_id if app else None,
        username=draft.username,
        icons=draft.icons,
        thread_ts=draft.thread_ts,
        broadcast=draft.broadcast,
        metadata=draft.metadata,
        client_msg_id=str(uuid.uuid4()) if app is None and draft.subtype is None else None,
        extra=draft.extra,
        files=draft.files,
        streaming=draft.streaming,
    )


def _note_mentions(hub: Hub, channel: Channel, message: Message) -> None:
    called = people_called(message.text).union(*map(people_called, texts(message.blocks)))
    if "!all" in called:
        called |= channel.members.keys()
    for group in hub.workspace.usergroups.keys() & called:
        called |= set(hub.workspace.usergroups[group]["users"])
    for user_id in channel.members.keys() & called - {message.user}:
        insort(channel.mentions.setdefault(user_id, []), message.ts)


def _forget_mentions(channel: Channel, message: Message) -> None:
    for calls in channel.mentions.values():
        if message.ts in calls:
            calls.remove(message.ts)
