"""Links that show what they lead to."""

import re

from slack_sandbox.announce.messages import message_changed
from slack_sandbox.hub import Hub
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.text.links import links

PERMALINK = re.compile(r"/archives/(?P<channel>[CDG]\w+)/p(?P<ts>\d{7,})")


def attach(hub: Hub, channel: Channel, message: Message, attachments: list[Json]) -> None:
    """Put attachments under a message: `message_changed` with the same text, and no `edited`."""
    previous = message_payload(hub, message)
    kept = [
        each for each in message.attachments or () if each.get("from_url") not in [a["from_url"] for a in attachments]
    ]
    numbered = enumerate([*kept, *attachments], 1)
    message.attachments = [{**each, "id": number} for number, each in numbered]
    message_changed(hub, channel, message, previous)


def unfurl_permalinks(hub: Hub, channel: Channel, message: Message) -> None:
    """Show the messages that a message links to, as far as its author and its readers may see them."""
    found = [made for url in links(message.text) if (made := _shown(hub, channel, message, url)) is not None]
    if found:
        attach(hub, channel, message, found)


def _shown(hub: Hub, channel: Channel, message: Message, url: str) -> Json | None:
    match = PERMALINK.search(url) if url.startswith(hub.base_url) else None
    origin = hub.workspace.channels.get(match["channel"]) if match else None
    if match is None or origin is None or not origin.is_visible_to(message.user):
        return None
    if origin.kind != "public" and origin is not channel:
        return None
    linked = origin.log.get(f"{match['ts'][:-6]}.{match['ts'][-6:]}")
    author = hub.workspace.people.get(linked.user) if linked else None
    if linked is None or author is None:
        return None
    return {
        "from_url": url,
        "original_url": url,
        "is_msg_unfurl": True,
        "ts": linked.ts,
        "author_id": author.id,
        "author_name": author.shown_name,
        "channel_id": origin.id,
        "channel_team": hub.workspace.team.id,
        "text": linked.text,
        "fallback": f"[{author.shown_name}] {linked.text}",
        "mrkdwn_in": ["text"],
        "color": "D0D0D0",
        "footer": f"Posted in #{origin.name}" if origin.name else "Slack Conversation",
    }
