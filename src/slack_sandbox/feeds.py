"""Live updates to the browsers that are open."""

import asyncio
from collections.abc import Callable

from slack_sandbox.shapes import Json

MOST_WAITING = 2000


class Watcher:
    """One open page, seen as one person."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self.events: asyncio.Queue[Json | None] = asyncio.Queue()

    def tell(self, event: Json | None) -> None:
        """Queue an event; None ends the stream. A page that has stopped reading is cut off and will come back."""
        if self.events.qsize() < MOST_WAITING:
            self.events.put_nowait(event)
        elif self.events.qsize() == MOST_WAITING:
            self.events.put_nowait(None)


class Feeds:
    """All open pages."""

    def __init__(self) -> None:
        self.watchers: set[Watcher] = set()
        self.seq = 0
        self.closed = False

    def open(self, user_id: str) -> Watcher:
        """A new page; the caller closes it."""
        watcher = Watcher(user_id)
        self.watchers.add(watcher)
        if self.closed:
            watcher.tell(None)
        return watcher

    def drop(self, watcher: Watcher) -> None:
        """The page is gone."""
        self.watchers.discard(watcher)

    def tell(self, event: Json, to: Callable[[str], bool] | str | None = None) -> None:
        """Send an event to everybody, to one person, or to those a test on the user id lets through."""
        self.seq += 1
        for watcher in self.watchers:
            if to is None or (watcher.user_id == to if isinstance(to, str) else to(watcher.user_id)):
                watcher.tell(event)

    def tell_each(self, make: Callable[[str], Json | None]) -> None:
        """Send everybody their own version; None sends nothing."""
        self.seq += 1
        for watcher in self.watchers:
            if (event := make(watcher.user_id)) is not None:
                watcher.tell(event)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self.closed = True
        for watcher in self.watchers:
            watcher.tell(None)
