"""Modals and home tabs that are open."""

from dataclasses import dataclass, field

from slack_sandbox.shapes import Json


@dataclass(slots=True)
class View:
    """One modal of one person, or one person's home tab of an app."""

    id: str
    app_id: str
    user: str
    kind: str
    """modal or home."""
    body: Json
    """What the app sent, checked and with ids filled in."""
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)
    """block_id -> action_id -> state entry, as far as the person has filled it in."""
    offered: Json = field(default_factory=dict)
    """"block_id/action_id" -> options an external select has shown, by value."""

    @property
    def external_id(self) -> str:
        """The app's own name for it, or an empty string."""
        return str(self.body.get("external_id") or "")
