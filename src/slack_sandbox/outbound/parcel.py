"""What is brought to an app, in the form HTTP and Socket Mode give it."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from slack_sandbox.shapes import Json

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
AS_JSON = ("event", "url_verification", "app_rate_limited")
ENVELOPES = {"event": "events_api", "app_rate_limited": "events_api", "command": "slash_commands"}
"""The type of the envelope; everything else is `interactive`."""
ANSWERED = ("command", "view_submission", "block_suggestion")
"""What an acknowledgement may carry an answer to."""


@dataclass(frozen=True)
class Parcel:
    """An event, a slash command, an interaction or a handshake."""

    what: str
    """event, command, url_verification, app_rate_limited or the type of an interaction."""
    payload: Json
    url: str
    channel: str | None = None
    """The id of the channel it is about."""

    @property
    def name(self) -> str:
        """The type of the event; what it is otherwise."""
        return str(self.payload["event"]["type"]) if self.what == "event" else self.what

    def over_http(self) -> tuple[bytes, str]:
        """Body and content type."""
        if self.what in AS_JSON:
            return json.dumps(self.payload).encode(), JSON
        form = self.payload if self.what == "command" else {"payload": json.dumps(self.payload)}
        return urlencode(form).encode(), FORM

    def over_socket(self, retry: int, reason: str | None) -> Json:
        """The envelope, without its id."""
        kind = ENVELOPES.get(self.what, "interactive")
        envelope: Json = {"type": kind, "payload": self.payload, "accepts_response_payload": self.what in ANSWERED}
        return envelope | ({"retry_attempt": retry, "retry_reason": reason or ""} if kind == "events_api" else {})
