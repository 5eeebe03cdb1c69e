"""People and bots."""

from dataclasses import dataclass, field

from slack_sandbox.shapes import Json

SLACKBOT = "USLACKBOT"

COLORS = (
    "9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c",
    "5b89d5", "2b6836", "99a949", "df3dc0", "4cc091", "9b3b45", "d58247", "bb86b7",
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """Somebody of the workspace; a bot user belongs to an app."""

    id: str
    name: str
    real_name: str
    display_name: str = ""
    email: str | None = None
    title: str = ""
    tz: str = "Etc/UTC"
    color: str = COLORS[0]
    is_bot: bool = False
    is_admin: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    team_id: str = ""
    """The workspace they belong to, when it is another one: a partner in a shared channel."""
    presence: str = "active"
    updated: int = 0
    snooze_until: float = 0.0
    """Until when this person does not want to be disturbed, on the workspace's clock."""
    profile: Json = field(default_factory=dict)
    """What they say about themselves beside the names: status_text, status_emoji, phone, pronouns, fields ..."""
    photo: str = ""
    """Their picture as a data address; empty: initials."""

    @property
    def shown_name(self) -> str:
        """What others see beside this person's messages."""
        return self.display_name or self.real_name or self.name
