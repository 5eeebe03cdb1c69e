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
    bot_name: str = ""
    """What the bot is called; like the app if nothing is said."""
    client_id: str = ""
    client_secret: str = ""
    redirect_urls: list[str] = field(default_factory=list)
    """Where codes may be sent: what one of these begins."""
    installed: float = 0.0
    app_token: str = ""
    """The app-level token, `xapp-…`."""
    app_token_scopes: list[str] = field(default_factory=lambda: ["connections:write"])
    asked_scopes: list[str] = field(default_factory=list)
    """What its manifest asks for now; what is new in it is granted when it is installed again."""
    user_scopes: list[str] = field(default_factory=list)
    """What the app asks of a person who installs it or signs in with it."""
    user_tokens: list[Json] = field(default_factory=list)
    """`{token, user, scopes}` of the people who have granted something."""
    home_tab: bool = True
    messages_tab: bool = True
    messages_tab_read_only: bool = False
    unfurl_domains: list[str] = field(default_factory=list)
    socket_mode: bool = False
    """Whether everything for the app goes over its WebSockets, and nothing over HTTP."""

    delayed_events: bool = False
    """Whether an event that three retries did not bring is tried every hour for a day ("Delayed Events")."""
    subscriptions_disabled: float = 0.0
    """When Slack stopped sending events, because nearly all failed; 0 while it sends them."""

    @property
    def listens(self) -> bool:
        """Whether there is somewhere to send events."""
        return bool(self.events_url) or self.socket_mode

    def may(self, *scopes: str) -> bool:
        """Whether it was granted at least one of these."""
        return not scopes or any(scope in self.scopes for scope in scopes)

    def command(self, name: str) -> Json | None:
        """Its definition of a slash command."""
        return next((each for each in self.commands if each["command"] == name), None)
