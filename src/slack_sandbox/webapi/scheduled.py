"""chat.scheduleMessage, chat.scheduledMessages.list, chat.deleteScheduledMessage"""

from dataclasses import replace
from math import inf

from slack_sandbox.acts import scheduled as acts
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.posting import METADATA, POSTING, find_target, make_draft, read_content, read_metadata
from slack_sandbox.webapi.registry import method

SHOWN = ("id", "channel_id", "post_at", "date_created", "text")


@method(
    "chat.scheduleMessage",
    "chat:write",
    errors=f"{POSTING} {METADATA} invalid_time msg_too_long restricted_too_many time_in_past time_too_far",
    instead={
        "msg_blocks_too_long": "msg_too_long",
        "invalid_attachments": "invalid_arguments",
        "messages_tab_disabled": "restricted_action",
    },
)
def schedule_message(call: Call) -> Json:
    """Say something later."""
    channel = find_target(call)
    call.required("post_at", "invalid_time")
    post_at = int(call.moment("post_at", 0, "invalid_time"))
    content = read_content(call)
    draft = replace(make_draft(call, content), metadata=read_metadata(call), broadcast=call.flag("reply_broadcast"))
    item = acts.schedule(call.hub, channel, call.me, draft, post_at)
    message: Json = {"text": content.text, "type": "delayed_message"}
    message |= {
        "user": call.me.id,
        "team": call.hub.workspace.team.id,
        "app_id": call.app.id,
        "bot_id": call.app.bot_id,
    }
    for name in ("blocks", "attachments"):
        if value := getattr(content, name):
            message[name] = value
    return {"channel": channel.id, "scheduled_message_id": item["id"], "post_at": post_at, "message": message}


@method("chat.scheduledMessages.list", errors="invalid_channel invalid_cursor")
def list_scheduled(call: Call) -> Json:
    """What this app is going to say, soonest first."""
    items = [each for each in call.hub.workspace.scheduled.values() if each["app_id"] == call.app.id]
    if call.text("channel"):
        channel = call.channel("channel", "invalid_channel")
        items = [each for each in items if each["channel_id"] == channel.id]
    oldest, latest = call.moment("oldest", 0), call.moment("latest", inf)
    items = sorted((each for each in items if oldest <= each["post_at"] <= latest), key=lambda each: each["post_at"])
    limit = call.number("limit", 100, 1000)
    some, cursor = page(items, lambda each: str(each["id"]), cursor=call.text("cursor"), limit=limit, kind="id")
    shown = [{name: each[name] for name in SHOWN} for each in some]
    return {"scheduled_messages": shown, "response_metadata": {"next_cursor": cursor}}


@method("chat.deleteScheduledMessage", "chat:write", errors="channel_not_found invalid_scheduled_message_id")
def delete_scheduled(call: Call) -> Json:
    """Do not say it after all."""
    channel = call.channel()
    item = call.hub.workspace.scheduled.get(call.required("scheduled_message_id", "invalid_scheduled_message_id"))
    if item is None or item["channel_id"] != channel.id or item["app_id"] != call.app.id:
        raise SlackError("invalid_scheduled_message_id")
    acts.unschedule(call.hub, item)
    return {}
