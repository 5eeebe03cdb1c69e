"""Installed apps."""

from dataclasses import dataclass, field

from slack_sandbox.shapes import Json


@dataclass(slots=True)
class App:
    """An app as its settings page shows it, installed in the workspace."""

    id: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    signing_secret: str
    verification_token: str
    scopes: list[str]
    events: list[str]
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""
    commands: list[Json] = field(default_factory=list)
    """`{command, url, description, usage_hint, should_escape}`."""
    shortcuts: list[Json] = field(default_factory=list)
    """`{callback_id, name, description, type: global|message}`."""
    icon_emoji: str = ""
    client_id: str = ""
    client_secret: str = ""
    redirect_urls: list[str] = field(default_factory=list)
    """Where codes may be sent: what one of these begins."""
    installed: float = 0.0

    def may(self, *scopes: str) -> bool:
        """Whether it was granted at least one of these."""
        return not scopes or any(scope in self.scopes for scope in scopes)

    def command(self, name: str) -> Json | None:
        """Its definition of a slash command."""
        return next((each for each in self.commands if each["command"] == name), None)
