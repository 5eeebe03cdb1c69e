"""Plain messages, with or without buttons."""

from typing import Any

from response.plugins import Button
from response.slack.surfaces import blocks
from response.slack.text import cut, for_slack

LONGEST = 3900  # characters; Slack recommends to stay under 4,000


def message(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a delivery's payload (`text`, `buttons`) as arguments of a posting method."""
    text = cut(for_slack(payload["text"]), LONGEST)
    buttons = [Button(**button) for button in payload.get("buttons", ())]
    if not buttons:
        return {"text": text}
    return {"text": text, "blocks": blocks.rendered([*blocks.paragraphs(text), *blocks.actions(buttons)])}


def private(text: str) -> dict[str, Any]:
    """Return the answer to a slash command that only its sender sees."""
    return {"response_type": "ephemeral", "text": for_slack(text)}
