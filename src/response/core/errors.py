"""The three errors that have a meaning. Anything else is a bug, and is loud."""


class UserError(Exception):
    """The person asked for something that cannot be done; the message tells them why, and what to do instead."""


class TemporaryError(Exception):
    """Worth another try. `retry_after` is the number of seconds to wait first; None leaves it to the worker."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class PermanentError(Exception):
    """Trying again would not help. The message says what was refused; `advice`, what somebody can do about it."""

    def __init__(self, reason: str, *, advice: str = "") -> None:
        super().__init__(reason)
        self.advice = advice
