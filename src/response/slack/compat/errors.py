"""The original's one error of Slack's."""

from response.core.errors import PermanentError
from response.slack.client import SlackRefused


class SlackError(PermanentError):
    """Slack said no. `slack_error` is its name for it, None when it was not Slack who said so."""

    def __init__(self, message: str, slack_error: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.slack_error = slack_error

    @classmethod
    def of(cls, refusal: SlackRefused) -> "SlackError":
        """Return the original's error for ours."""
        return cls(str(refusal), refusal.error)
