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
    installed: float = 0.0
    app_token: str = ""
    """The app-level token, `xapp-…`."""
    app_token_scopes: list[str] = field(default_factory=lambda: ["connections:write"])
    user_scopes: list[str] = field(default_factory=list)
    """What the app asks of a person who installs it or signs in with it."""
    user_tokens: list[Json] = field(default_factory=list)
    """`{token, user, scopes}` of the people who have granted something."""
    home_tab: bool = True
    messages_tab: bool = True
    messages_tab_read_only: bool = False
    unfurl_domains: list[str] = field(default_factory=list)

    def may(self, *scopes: str) -> bool:
        """Whether it was granted at least one of these."""
        return not scopes or any(scope in self.scopes for scope in scopes)

    def command(self, name: str) -> Json | None:
        """Its definition of a slash command."""
        return next((each for each in self.commands if each["command"] == name), None)
