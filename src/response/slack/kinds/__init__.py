"""What can be delivered, and how."""

from response.slack.kinds.base import Kind
from response.slack.kinds.channel import CREATE_CHANNEL, INVITE, JOIN, PIN, RENAME
from response.slack.kinds.messages import ANNOUNCE, HEADLINE_REPLY, POST, REACT, TELL
from response.slack.kinds.surfaces import CARD, HEADLINE, TOPIC

KINDS: dict[str, Kind] = {
    "announce": ANNOUNCE,
    "card": CARD,
    "create_channel": CREATE_CHANNEL,
    "headline": HEADLINE,
    "headline_reply": HEADLINE_REPLY,
    "invite": INVITE,
    "join": JOIN,
    "pin": PIN,
    "post": POST,
    "react": REACT,
    "rename": RENAME,
    "tell": TELL,
    "topic": TOPIC,
}

__all__ = ["KINDS", "Kind"]
