"""Messages."""

from dataclasses import dataclass

from slack_sandbox.shapes import Json

SYSTEM_SUBTYPES = frozenset(
    {
        "channel_join",
        "channel_leave",
        "channel_name",
        "channel_topic",
        "channel_purpose",
        "channel_archive",
        "channel_unarchive",
        "pinned_item",
        "tombstone",
    }
)


@dataclass(slots=True)
class Message:
    """What was said, as stored: text already parsed, block ids filled in."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] | None = None
    """None when only text was given: Slack then makes a rich text block of it, and so do we, when asked."""
    attachments: list[Json] | None = None
    subtype: str | None = None
    app_id: str | None = None
    bot_id: str | None = None
    username: str | None = None
    icons: Json | None = None
    thread_ts: str | None = None
    """The parent's ts on a reply, None on everything else."""
    broadcast: bool = False
    edited: Json | None = None
    reactions: dict[str, list[str]] | None = None
    metadata: Json | None = None
    client_msg_id: str | None = None
    ephemeral_to: str | None = None
    files: list[str] | None = None
    """Ids of the files shared with it."""
    streaming: bool = False
    """Whether an app is still writing it."""
    extra: Json | None = None
    """Fields of one subtype: inviter, topic, old_name, item ..."""

    @property
    def is_reply(self) -> bool:
        """Whether it stands only in its thread."""
        return self.thread_ts is not None and not self.broadcast
