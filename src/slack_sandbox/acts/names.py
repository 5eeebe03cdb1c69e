"""Channel names: docs.slack.dev/reference/methods/conversations.create#naming."""

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub

MOST = 80


def check_name(hub: Hub, name: str) -> str:
    """The name as it stands. Raises when it is not one, or is taken (an archived channel keeps its own)."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > MOST:
        raise SlackError("invalid_name_maxlength")
    if not all(_is_allowed(letter) for letter in name):
        raise SlackError("invalid_name_specials")
    if not any(letter.isalnum() for letter in name):
        raise SlackError("invalid_name_punctuation")
    if hub.workspace.channel_named(name) is not None:
        raise SlackError("name_taken")
    return name


def tidy_name(name: str) -> str:
    """What a rename makes of a name: it changes what it can instead of refusing it."""
    name = "-".join(name.strip().lower().split())
    return "".join(letter for letter in name if _is_allowed(letter))[:MOST]


def _is_allowed(letter: str) -> bool:
    return letter in "-_" or (letter.isalnum() and letter == letter.lower())
