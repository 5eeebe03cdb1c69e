"""How a request to an app ended."""

from dataclasses import dataclass

from slack_sandbox.shapes import Json
from slack_sandbox.strict_json import read_json


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the app answered, or Slack's word for why it did not."""

    status: int | None
    """The HTTP status; None when there was no answer, or Socket Mode, which has none."""
    body: str
    failure: str | None
    """The reason a retry would give (x-slack-retry-reason); None when the app took it in time."""
    no_retry: bool = False

    @property
    def json(self) -> Json:
        """The body as an object; an empty one when it is none."""
        try:
            value = read_json(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}
