"""How many events an app gets an hour: docs.slack.dev/apis/events-api#rate-limiting"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from slack_sandbox.outbound.parcel import Parcel

if TYPE_CHECKING:
    from slack_sandbox.hub import Hub
    from slack_sandbox.shapes import Json
    from slack_sandbox.state.app import App

HOUR = 3600.0
MINUTE = 60


class Spent:
    """What one app has had in the last hour, and when it was told that this was all."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._told = 0

    def takes(self, now: float, most: int) -> bool:
        """Count another event, unless there were as many as there may be."""
        while self._times and self._times[0] <= now - HOUR:
            self._times.popleft()
        if len(self._times) >= most:
            return False
        self._times.append(now)
        return True

    def minute_to_tell(self, now: float) -> int | None:
        """The minute that the app is to be told of: each only once."""
        minute = int(now) // MINUTE * MINUTE
        if minute == self._told:
            return None
        self._told = minute
        return minute


class Allowance:
    """Watches how many events each app is sent. Without limits it only looks on."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._spent: dict[str, Spent] = {}

    def takes(self, app: App) -> bool:
        """Whether an app may be sent one more."""
        spent = self._spent.setdefault(app.id, Spent())
        is_within = spent.takes(self._hub.clock.now(), self._hub.settings.events_per_hour)
        return is_within or self._hub.settings.limits == "off"

    def notice(self, app: App) -> Parcel | None:
        """`app_rate_limited`, if the app has not been told in this minute. It has no event and no event_id."""
        minute = self._spent.setdefault(app.id, Spent()).minute_to_tell(self._hub.clock.now())
        if minute is None:
            return None
        told: Json = {
            "token": app.verification_token,
            "type": "app_rate_limited",
            "team_id": self._hub.workspace.team.id,
        }
        told |= {"minute_rate_limited": minute, "api_app_id": app.id}
        return Parcel("app_rate_limited", told, app.events_url)
