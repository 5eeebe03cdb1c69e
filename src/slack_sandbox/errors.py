"""How an act is refused, in Slack's own words."""

from slack_sandbox.shapes import Json


class SlackError(Exception):
    """An act that Slack refuses: becomes `{"ok": false, "error": error, ...}`.

    `error` is one of the names on the method's page; `extra` is merged into the answer.
    """

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra: Json = extra

    def answer(self) -> Json:
        """The body Slack would send."""
        return {"ok": False, "error": self.error, **self.extra}


def invalid_arguments(*messages: str) -> SlackError:
    """Slack's answer to arguments of the wrong form: each message names what and where."""
    return SlackError("invalid_arguments", response_metadata={"messages": list(messages)})
