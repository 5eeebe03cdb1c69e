"""chat.unfurl: docs.slack.dev/messaging/unfurling-links-in-messages"""

from typing import Any

from slack_sandbox.acts.access import find_channel, find_message
from slack_sandbox.acts.compose import check_attachments
from slack_sandbox.acts.messages import Draft, post_ephemeral
from slack_sandbox.acts.unfurls import attach
from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.text.links import domain_of, links
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method


@method(
    "chat.unfurl",
    "links:write",
    errors="cannot_find_channel cannot_find_message cannot_parse_attachment cannot_unfurl_message cannot_unfurl_url"
    " invalid_source invalid_unfurl_id invalid_unfurls_format missing_channel missing_source missing_ts"
    " missing_unfurl_id missing_unfurls",
    instead=dict.fromkeys(("invalid_blocks", "invalid_attachments", "msg_blocks_too_long"), "cannot_parse_attachment"),
)
def unfurl(call: Call) -> Json:
    """Show what a link in somebody's message leads to, or ask its author to sign in first."""
    channel, message = _message(call)
    if call.flag("user_auth_required") or call.text("user_auth_message"):
        _ask_to_sign_in(call, channel, message)
        return {}
    given: Any = call.data("unfurls", "invalid_unfurls_format")
    if given is None:
        raise SlackError("missing_unfurls")
    if not isinstance(given, dict) or not given:
        raise SlackError("invalid_unfurls_format")
    found = [
        {"from_url": url, "app_unfurl_url": url, **_attachment(call, message, url, made)} for url, made in given.items()
    ]
    attach(call.hub, channel, message, found)
    return {}


def _attachment(call: Call, message: Message, url: str, made: Any) -> Json:
    if url not in links(message.text):
        raise SlackError("cannot_unfurl_message")
    if domain_of(url, call.app.unfurl_domains) is None:
        raise SlackError("cannot_unfurl_url")
    if not isinstance(made, dict):
        raise SlackError("cannot_parse_attachment")
    (checked,) = check_attachments(call.hub, [made]) or [{}]
    return {**checked, "is_app_unfurl": True, "app_id": call.app.id, "bot_id": call.app.bot_id}


def _message(call: Call) -> tuple[Channel, Message]:
    if call.text("unfurl_id") or call.text("source"):
        return _by_unfurl_id(call)
    channel_id, ts = call.required("channel", "missing_channel"), call.required("ts", "missing_ts")
    channel = find_channel(call.hub, channel_id, call.me, "cannot_find_channel", by_name=False)
    return channel, find_message(channel, ts, "cannot_find_message")


def _by_unfurl_id(call: Call) -> tuple[Channel, Message]:
    """The id is the one that link_shared has brought."""
    source, unfurl_id = call.required("source", "missing_source"), call.required("unfurl_id", "missing_unfurl_id")
    if source not in ("composer", "conversations_history"):
        raise SlackError("invalid_source")
    channel_id, _, ts = unfurl_id.partition("-")
    channel = find_channel(call.hub, channel_id, call.me, "invalid_unfurl_id", by_name=False)
    return channel, find_message(channel, ts, "invalid_unfurl_id")


def _ask_to_sign_in(call: Call, channel: Channel, message: Message) -> None:
    author = call.hub.workspace.people[message.user]
    text = call.text("user_auth_message") or f"{call.app.name} wants to show a preview of a link that you have shared."
    if url := call.text("user_auth_url"):
        text = f"{text} <{url}>"
    bot = call.hub.workspace.people[call.app.bot_user]
    post_ephemeral(call.hub, channel, bot, author, Draft(text, thread_ts=message.thread_ts, via=call.app))
