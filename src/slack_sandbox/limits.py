"""How often a method may be called: docs.slack.dev/apis/web-api/rate-limits"""

from __future__ import annotations

from collections import deque
from math import ceil
from typing import TYPE_CHECKING

from slack_sandbox.tiers import PER_MINUTE, tier_of

if TYPE_CHECKING:
    from slack_sandbox.shapes import Json

MODES = ("off", "slack", "distributed")
MINUTE = 60.0
POST = "chat.postMessage"
POST_BURST = 5
"""How many messages a channel takes at once before the one a second begins; Slack does not say."""
FEW = ("conversations.history", "conversations.replies")
FEW_OBJECTS = 15


class Window:
    """What was let through in the last minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until another may come; 0 lets it through."""
        while self._times and self._times[0] <= now - MINUTE:
            self._times.popleft()
        return self._times[0] + MINUTE - now if len(self._times) >= self._most else 0.0

    def count(self, now: float) -> None:
        """One came."""
        self._times.append(now)


class Bucket:
    """One a second, after a short burst."""

    def __init__(self, burst: int) -> None:
        self._burst = burst
        self._free = 0.0
        """When it is full again."""

    def wait(self, now: float) -> float:
        """Seconds until another may come; 0 lets it through."""
        return max(self._free - now - self._burst + 1, 0.0)

    def count(self, now: float) -> None:
        """One came."""
        self._free = max(self._free, now) + 1


class Limits:
    """The windows of every method and app, and of every channel that is posted to."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, ...], Window | Bucket] = {}

    def wait(self, mode: str, method: str, app_id: str, channel_id: str, now: float) -> int:
        """Count a call, or say for how many seconds it must not come again."""
        if mode == "off":
            return 0
        asked = [self._window(mode, method, app_id)]
        if method == POST:
            asked.append(self._windows.setdefault((app_id, method, channel_id), Bucket(POST_BURST)))
        seconds = max(each.wait(now) for each in asked)
        if seconds > 0:
            return max(ceil(seconds), 1)
        for each in asked:
            each.count(now)
        return 0

    def _window(self, mode: str, method: str, app_id: str) -> Window | Bucket:
        most = 1 if mode == "distributed" and method in FEW else PER_MINUTE[tier_of(method)]
        return self._windows.setdefault((app_id, method, str(most)), Window(most))


def capped(mode: str, method: str, args: Json) -> Json:
    """The arguments, with no more objects asked for than such an app gets."""
    if mode != "distributed" or method not in FEW:
        return args
    asked = str(args.get("limit") or FEW_OBJECTS)
    return args | {"limit": min(int(asked), FEW_OBJECTS) if asked.isdecimal() and len(asked) < 9 else asked}
