"""Messages, as history, events and answers give them."""

from slack_sandbox.hub import Hub
from slack_sandbox.payloads.files import file_payload
from slack_sandbox.payloads.people import bot_profile
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.text.rich_text import rich_text


def message_payload(hub: Hub, message: Message, *, metadata: bool = False) -> Json:
    """The message object. `metadata` only where Slack gives it (include_all_metadata)."""
    payload: Json = {"type": "message", **_author(hub, message), "ts": message.ts, "text": message.text}
    if message.client_msg_id:
        payload["client_msg_id"] = message.client_msg_id
    if blocks := shown_blocks(hub, message):
        payload["blocks"] = blocks
    if message.attachments:
        payload["attachments"] = message.attachments
    if message.files is not None:
        payload |= {"files": _files(hub, message), "upload": True, "display_as_bot": False}
    payload |= _thread(hub, message)
    if message.edited:
        payload["edited"] = message.edited
    if message.reactions:
        payload["reactions"] = reactions_payload(message)
    if metadata and message.metadata:
        payload["metadata"] = message.metadata
    channel = hub.workspace.channels[message.channel]
    if channel.is_pinned(message.ts):
        payload["pinned_to"] = [channel.id]
    return payload | (message.extra or {})


def _files(hub: Hub, message: Message) -> list[Json]:
    """What is shared; a file that was deleted since is a tombstone."""
    files = (hub.workspace.files[file_id] for file_id in message.files or ())
    return [file_payload(hub, f) if not f.is_deleted else {"id": f.id, "mode": "tombstone"} for f in files]


def shown_blocks(hub: Hub, message: Message) -> list[Json] | None:
    """Its own blocks, or the rich text Slack makes of plain text. System messages have none."""
    if message.blocks is not None or message.subtype is not None or not message.text:
        return message.blocks
    return rich_text(message.text, key=message.ts, custom=frozenset(hub.workspace.emoji))


def _author(hub: Hub, message: Message) -> Json:
    if message.username:
        override: Json = {"subtype": "bot_message", "username": message.username, "bot_id": message.bot_id}
        return override | ({"icons": message.icons} if message.icons else {}) | _app(hub, message)
    author: Json = {"subtype": message.subtype} if message.subtype else {}
    author |= {"user": message.user, "team": hub.workspace.team.id}
    return author | ({"bot_id": message.bot_id} if message.bot_id else {}) | _app(hub, message)


def _app(hub: Hub, message: Message) -> Json:
    app = hub.workspace.apps.get(message.app_id or "")
    if app is None or (message.subtype and not message.username):
        return {}
    return {"app_id": app.id} if message.username else {"app_id": app.id, "bot_profile": bot_profile(hub, app)}


def _thread(hub: Hub, message: Message) -> Json:
    log = hub.workspace.channels[message.channel].log
    if message.thread_ts is not None:
        parent = log.get(message.thread_ts)
        reply: Json = {"thread_ts": message.thread_ts}
        if parent is not None:
            reply["parent_user_id"] = parent.user
        if message.broadcast and parent is not None:
            reply |= {"subtype": "thread_broadcast", "root": message_payload(hub, parent)}
        return reply
    replies = log.replies(message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users[:5],
        "is_locked": False,
        "subscribed": False,
    }


def reactions_payload(message: Message) -> list[Json]:
    """Who reacted with what."""
    reactions = message.reactions or {}
    return [{"name": name, "users": list(users), "count": len(users)} for name, users in reactions.items()]


def permalink(hub: Hub, channel: Channel, message: Message) -> str:
    """Where a message can be looked at. Slack's own form, on the sandbox's host."""
    link = f"{hub.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else link
