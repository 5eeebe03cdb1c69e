"""Response URLs: five answers within half an hour to something a person did."""

from dataclasses import dataclass

from slack_sandbox.errors import SlackError
from slack_sandbox.ids import new_secret

USES = 5
SECONDS = 30 * 60
KEPT = 2000


@dataclass(slots=True)
class AnswerUrl:
    """What an answer refers to."""

    app_id: str
    user_id: str
    channel_id: str
    message_ts: str | None = None
    """The message that was acted on; None for a slash command."""
    is_ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0
    until: float = 0.0


class AnswerUrls:
    """Those given out, by the secret part of their address."""

    def __init__(self) -> None:
        self._given: dict[str, AnswerUrl] = {}

    def issue(self, url: AnswerUrl, *, now: float) -> str:
        """The secret under which `url` is found again, for half an hour of the workspace's clock."""
        url.until = now + SECONDS
        secret = new_secret()
        self._given[secret] = url
        if len(self._given) > KEPT:
            del self._given[next(iter(self._given))]
        return secret

    def look_up(self, secret: str) -> AnswerUrl | None:
        """What a secret refers to, however old or used."""
        return self._given.get(secret)

    def use(self, secret: str, *, now: float) -> AnswerUrl:
        """Count one use. Raises `used_url` or `expired_url`."""
        url = self._given.get(secret)
        if url is None or now > url.until:
            raise SlackError("expired_url")
        if url.uses >= USES:
            raise SlackError("used_url")
        url.uses += 1
        return url
