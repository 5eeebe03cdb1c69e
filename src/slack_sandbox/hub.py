"""One running sandbox: the workspace and everything that acts on it."""

from collections.abc import Callable
from pathlib import Path

from slack_sandbox.answer_urls import AnswerUrls
from slack_sandbox.clock import Clock
from slack_sandbox.faults import Faults
from slack_sandbox.feeds import Feeds
from slack_sandbox.journal import Journal
from slack_sandbox.limits import Limits
from slack_sandbox.oauth.grants import Grants
from slack_sandbox.outbound.courier import Courier
from slack_sandbox.settings import Settings
from slack_sandbox.socket_mode.links import Links
from slack_sandbox.state.workspace import Workspace
from slack_sandbox.tally import Tally
from slack_sandbox.timers import Timers
from slack_sandbox.triggers import Triggers


class Hub:
    """Where the parts find each other. Everything runs on one event loop, so nothing here is locked."""

    def __init__(self, base_url: str, *, journal: Path | None = None) -> None:
        self.base_url = base_url
        self.clock = Clock()
        self.timers = Timers(self.clock)
        self.settings = Settings()
        self.workspace = Workspace()
        self.journal = Journal(journal, kept=lambda: self.settings.journal_kept)
        self.feeds = Feeds()
        self.faults = Faults()
        self.limits = Limits()
        self.triggers = Triggers()
        self.answer_urls = AnswerUrls()
        self.uploads: dict[str, str] = {}
        """Ticket of an upload -> the file whose bytes are to come."""
        self.grants = Grants(self.clock.now)
        self.links = Links(self)
        self.courier = Courier(self)
        self.on_change: Callable[[], None] = lambda: None
        """Called after every change of the workspace; the snapshot keeper listens."""

    def touch(self) -> None:
        """The workspace has changed."""
        self.on_change()

    def new_ts(self) -> str:
        """The ts of something that happens now."""
        return self.workspace.timestamps.next(self.clock.now())

    def channel_name(self, channel_id: str) -> str | None:
        """What a reference to a channel shows: nothing for a private one, None for none."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None:
            return None
        return channel.name if channel.kind == "public" else ""

    def reset(self) -> None:
        """Start over with an empty workspace and nothing going wrong."""
        self.courier.forget()
        self.timers.forget()
        self.links.cut()
        self.workspace = Workspace()
        self.clock.offset = 0.0
        self.settings = Settings()
        self.faults = Faults()
        self.limits = Limits()
        self.triggers = Triggers()
        self.answer_urls = AnswerUrls()
        self.uploads = {}
        self.grants = Grants(self.clock.now)
        self.feeds.close()
        self.feeds = Feeds()
        self.journal.tally = Tally()
        self.touch()

    async def close(self) -> None:
        """Let go of everything that waits, so that the server can stop."""
        self.feeds.close()
        self.journal.release()
        self.timers.forget()
        await self.courier.close()
        self.journal.close()
