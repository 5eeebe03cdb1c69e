"""The messages of one channel, in the orders they are asked for."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

from slack_sandbox.state.message import Message


class MessageLog:
    """Messages by ts; `roots` is the channel as one scrolls through it, `threads` the replies under each parent."""

    def __init__(self) -> None:
        self.by_ts: dict[str, Message] = {}
        self.roots: list[str] = []
        self.threads: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self.by_ts)

    def __iter__(self) -> Iterator[Message]:
        return iter(self.by_ts.values())

    def get(self, ts: str) -> Message | None:
        """The message with this ts."""
        return self.by_ts.get(ts)

    def add(self, message: Message) -> None:
        """File a message; its ts may be older than others (a seeded past)."""
        self.by_ts[message.ts] = message
        if not message.is_reply:
            insort(self.roots, message.ts)
        if message.thread_ts is not None:
            insort(self.threads.setdefault(message.thread_ts, []), message.ts)

    def remove(self, message: Message) -> None:
        """Take it out everywhere."""
        del self.by_ts[message.ts]
        if not message.is_reply:
            self.roots.remove(message.ts)
        if message.thread_ts is not None:
            replies = self.threads[message.thread_ts]
            replies.remove(message.ts)
            if not replies:
                del self.threads[message.thread_ts]

    def replies(self, ts: str) -> list[Message]:
        """What was said under `ts`, oldest first."""
        return [self.by_ts[each] for each in self.threads.get(ts, ())]

    def between(self, oldest: str = "", latest: str = "", *, inclusive: bool = False) -> list[str]:
        """The roots between two ts, oldest first; the ends themselves only when `inclusive`."""
        return span(self.roots, oldest, latest, inclusive=inclusive)

    @property
    def latest(self) -> str | None:
        """The ts of the newest root."""
        return self.roots[-1] if self.roots else None


def span(sorted_ts: list[str], oldest: str, latest: str, *, inclusive: bool) -> list[str]:
    """The part of a sorted list between two ts."""
    low, high = (bisect_left, bisect_right) if inclusive else (bisect_right, bisect_left)
    start = low(sorted_ts, oldest) if oldest else 0
    end = high(sorted_ts, latest) if latest else len(sorted_ts)
    return sorted_ts[start:end]
