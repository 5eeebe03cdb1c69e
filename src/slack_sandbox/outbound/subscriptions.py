"""Slack stops sending events to an app that takes hardly any: docs.slack.dev/apis/events-api#failure-limits"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_sandbox.hub import Hub
    from slack_sandbox.state.app import App

HOUR = 3600.0
MOST_FAILED = 0.95


class Failures:
    """The attempts of the last hour, of one app."""

    def __init__(self) -> None:
        self._attempts: deque[tuple[float, bool, bool]] = deque()
        self.attempts = self.failed = self.events = 0

    def note(self, now: float, *, failed: bool, is_first: bool) -> None:
        """Count an attempt, and forget those that are an hour old."""
        self._attempts.append((now, failed, is_first))
        self._count(1, failed=failed, is_first=is_first)
        while self._attempts[0][0] <= now - HOUR:
            _, failed, is_first = self._attempts.popleft()
            self._count(-1, failed=failed, is_first=is_first)

    def _count(self, step: int, *, failed: bool, is_first: bool) -> None:
        self.attempts += step
        self.failed += step * failed
        self.events += step * is_first

    def are_too_many(self, minimum: int) -> bool:
        """Whether more than 95 % failed; with fewer events than `minimum` an hour it does not matter."""
        return self.events >= minimum and self.failed > MOST_FAILED * self.attempts


class Subscriptions:
    """Watches how events fare, app by app."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._failures: dict[str, Failures] = {}

    def note(self, app: App, *, failed: bool, is_first: bool) -> None:
        """Count an attempt, and disable the app's subscriptions when nearly all fail."""
        failures = self._failures.setdefault(app.id, Failures())
        failures.note(self._hub.clock.now(), failed=failed, is_first=is_first)
        if not app.subscriptions_disabled and failures.are_too_many(self._hub.settings.disable_minimum):
            self.switch(app, enabled=False)

    def switch(self, app: App, *, enabled: bool) -> None:
        """Send an app its events, or none. Enabling counts from nothing again."""
        failures = self._failures.pop(app.id, Failures())
        app.subscriptions_disabled = 0.0 if enabled else self._hub.clock.now()
        self._hub.touch()
        counted = {"attempts": failures.attempts, "failed": failures.failed, "events": failures.events}
        self._hub.journal.add("subscriptions", time.time(), app_id=app.id, enabled=enabled, **counted)
