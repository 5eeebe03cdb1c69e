"""Every setting of Response, read once from the environment and `.env`.

A secret may also be given as `NAME_FILE`, the path of a file that holds it. All mistakes are reported
together, as one list, by `ConfigError`.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import Field, FilePath, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from response.project.renamed import RENAMED, names, under_new_names
from response.project.sign_in import mistakes_of_sign_in
from response.reminders.hours import WorkingHours


class ConfigError(Exception):
    """The settings are wrong; the message lists every mistake, one to a line."""


CHANNEL_NAME_FIELDS = {"number", "id", "year", "month", "day"}


def secrets_from_files(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the settings named by `NAME_FILE` variables: their names in lower case, and what the files hold."""
    found = {}
    for name, path in environ.items():
        if name.endswith("_FILE") and name.removesuffix("_FILE") in Config.secret_names():
            try:
                found[name.removesuffix("_FILE").lower()] = Path(path).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "it is not text"
                raise ConfigError(f"{name}: cannot read {path}: {reason}") from error
    return found


class Config(BaseSettings):
    """What an operator may set. Each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    database_url: SecretStr | None = Field(
        None, description="PostgreSQL to use, as `postgresql://user:password@host:5432/name`. Unset: an embedded one."
    )
    response_data_dir: Path = Field(
        Path(".data"), description="Folder of the embedded PostgreSQL and of the demo's workspace."
    )
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions and forms. Needed as soon as `DATABASE_URL` is set."
    )
    site_url: str = Field(
        "http://localhost:8000", description="Where people reach the pages; links in Slack begin with it."
    )
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        [],
        description="Host names to answer to, separated by commas, besides that of `SITE_URL`.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        description="How many proxies of yours stand in front. Their `X-Forwarded-Proto` and `-For` are believed.",
    )
    export_template: FilePath | None = Field(
        None,
        description="A Django template of your own for the Markdown of *Export* ([how](../howto/export-template.md)).",
    )
    response_login_required: bool = Field(
        True,
        description="When false, everybody who reaches the pages may read them. To change anything, people sign in.",
    )
    session_hours: float = Field(168, gt=0, description="How long people stay signed in, in hours.")
    oidc_issuer: str = Field(
        "", description="Another OpenID Connect provider to sign in with, such as `https://login.example.com`."
    )
    oidc_client_id: str = Field("", description="The client ID of Response at that provider.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="The client secret of Response at that provider.")
    oidc_name: str = Field("your company account", description="What the button says after *Sign in with*.")
    oidc_domains: Annotated[list[str], NoDecode] = Field(
        [],
        description="E-mail domains that are let in, separated by commas; the provider must have verified the address. "
        "Unset: everybody whom the provider lets in.",
    )
    demo_sign_in: bool = Field(
        False, description="Lets everybody be anybody with a click. Only with a sandbox's Slack, on this machine."
    )
    log_level: str = Field(
        "INFO", validation_alias=names("LOG_LEVEL"), description="`DEBUG`, `INFO`, `WARNING` or `ERROR`."
    )
    log_format: str = Field("console", description="`console`, lines for people, or `json`, an object a line.")
    debug: bool = Field(False, description="Django's debug pages. Never outside development.")

    slack_token: SecretStr = Field(SecretStr(""), description="Bot token of the Slack app, `xoxb-…`.")
    slack_app_token: SecretStr = Field(
        SecretStr(""),
        description="App-level token, `xapp-…`. With it everything comes in by Socket Mode, and no address is needed: "
        "`response run` starts `response socket` too.",
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""),
        validation_alias=names("SLACK_SIGNING_SECRET"),
        description="Signing secret of the Slack app.",
    )
    slack_signing_secret_previous: SecretStr = Field(
        SecretStr(""), description="The signing secret before a rotation, accepted as well until it is removed here."
    )
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API, or a sandbox's.")
    slack_client_id: str = Field(
        "", description="Client ID of the Slack app. With it and the secret, people sign in with Slack."
    )
    slack_client_secret: SecretStr = Field(SecretStr(""), description="Client secret of the Slack app.")
    slack_timeout: float = Field(10, gt=0, description="Seconds that a worker waits for an answer of Slack.")
    slack_message_seconds: float = Field(
        1, ge=0, description="Seconds between two messages in a channel, and two changes of a headline, card or topic."
    )
    incident_channel_name: str = Field("incidents", description="Channel of the headline posts, without the `#`.")
    incident_bot_name: str = Field("incident", description="What people type after the `@`; used in help texts.")
    incident_channel_template: str = Field(
        "inc-{number}",
        description="Name of an incident's channel. Fields: `number` (100 + its own), `id`, `year`, `month`, `day`.",
    )

    severity_reminder_minutes: float = Field(5, gt=0, description="How often to ask for a missing severity.")
    severity_reminder_limit: int = Field(5, ge=0, description="How many times at most.")
    lead_reminder_minutes: float = Field(2, gt=0, description="How often to ask for a missing lead.")
    lead_reminder_limit: int = Field(5, ge=0, description="How many times at most.")
    long_running_reminder_minutes: float = Field(720, gt=0, description="How often to ask whether it can be closed.")
    long_running_reminder_limit: int = Field(6, ge=0, description="How many times at most.")
    reminder_snooze_minutes: float = Field(30, gt=0, description="How long *Snooze* keeps a reminder quiet.")
    reminder_hours: str = Field(
        "",
        description="Working hours, such as `Mon-Fri 09:00-17:00 Europe/London`. "
        "The long-running reminder moves into them. Unset: any time.",
    )
    handler_timeout: float = Field(30, gt=0, description="Seconds after which a handler is stopped and reported.")
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="The bearer token with which Prometheus reads `/metrics`. Unset: nobody may read them.",
    )
    heartbeat_url: SecretStr = Field(
        SecretStr(""),
        description="Address of a watchdog. A worker calls it once a minute while queue and reminders are on time.",
    )
    sentry_dsn: SecretStr = Field(
        SecretStr(""),
        description="Sentry's address for errors, which are sent without what anybody said. Needs the extra `sentry`.",
    )
    queue_late_seconds: float = Field(
        60, gt=0, description="How long a job may wait for a worker before `/readyz` says that the queue stands still."
    )
    inbox_kept_hours: float = Field(
        48,
        ge=25,
        description="How long Response remembers what Slack has sent, to know it again: Slack repeats for a day.",
    )
    inbox_text_hours: float = Field(
        24, ge=1, description="How long the text of what Slack sent is kept once it was handled."
    )
    outbox_kept_days: float = Field(30, ge=1, description="How long what was sent to Slack is kept.")
    plugin_dir: Path = Field(
        Path("plugins"),
        description="Folder whose Python files are loaded as plugins. "
        "`response demo`, and `response run` with `DEBUG`, take up what changes in it.",
    )
    installed_plugin_apps: Annotated[list[str], NoDecode] = Field(
        [], description="Django apps of plugins, separated by commas, besides those that installed packages name."
    )
    skip_broken_plugins: bool = Field(
        False, description="Start without plugins that cannot be loaded. `--skip-broken-plugins` does it for one start."
    )

    @classmethod
    def secret_names(cls) -> set[str]:
        """Return the environment names that may be given as `NAME_FILE`."""
        known = {name.upper() for name, field in cls.model_fields.items() if "SecretStr" in str(field.annotation)}
        return known | {each.old for each in RENAMED if each.new in known}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read `NAME_FILE` between the environment and `.env`."""
        files = under_new_names(lambda: secrets_from_files(os.environ))
        return (init_settings, under_new_names(env_settings), files, under_new_names(dotenv_settings))  # type: ignore[return-value]

    @field_validator("allowed_hosts", "installed_plugin_apps", "oidc_domains", mode="before")
    @classmethod
    def split_at_commas(cls, value: Any) -> Any:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("site_url", "slack_api_url")
    @classmethod
    def check_url(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("it must begin with http:// or https://")
        return value

    @field_validator("heartbeat_url", "sentry_dsn")
    @classmethod
    def check_secret_url(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            cls.check_url(value.get_secret_value())
        return value

    @field_validator("log_level")
    @classmethod
    def check_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("it must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def check_format(cls, value: str) -> str:
        if value.lower() not in {"console", "json"}:
            raise ValueError("it must be console or json")
        return value.lower()

    @field_validator("reminder_hours")
    @classmethod
    def check_hours(cls, value: str) -> str:
        if value:
            WorkingHours.parse(value)
        return value

    @field_validator("incident_channel_name")
    @classmethod
    def drop_hash(cls, value: str) -> str:
        return value.strip().removeprefix("#")

    @field_validator("incident_channel_template")
    @classmethod
    def check_template(cls, value: str) -> str:
        try:
            fields = {field for _, field, _, _ in Formatter().parse(value) if field is not None}
        except ValueError as error:
            raise ValueError(f"it is not a template: {error}") from error
        if unknown := fields - CHANNEL_NAME_FIELDS:
            raise ValueError(
                f"it does not know {', '.join(sorted(unknown))}; it knows {', '.join(sorted(CHANNEL_NAME_FIELDS))}"
            )
        if not fields & {"number", "id"}:
            raise ValueError("it needs {number} or {id}, or two incidents would have one name")
        return value

    @model_validator(mode="after")
    def need_secret_key(self) -> "Config":
        if self.database_url and not self.secret_key:
            raise ValueError("SECRET_KEY is missing: any long random text, for example from `openssl rand -hex 32`")
        return self

    @model_validator(mode="after")
    def check_sign_in(self) -> "Config":
        if mistakes := list(mistakes_of_sign_in(self)):
            raise ValueError("\n".join(mistakes))
        return self

    @property
    def signing_secrets(self) -> list[str]:
        """The secrets that a request of Slack may be signed with, the current one first."""
        both = (self.slack_signing_secret, self.slack_signing_secret_previous)
        return [secret.get_secret_value() for secret in both if secret.get_secret_value()]


class PluginDir(BaseSettings):
    """`PLUGIN_DIR` alone, for who does not need the other settings to be right."""

    model_config = Config.model_config
    plugin_dir: Path = Config.model_fields["plugin_dir"].default


def read_config() -> Config:
    """Return the settings, or raise `ConfigError` with every mistake in one list."""
    try:
        return Config()  # type: ignore[call-arg]  # pydantic-settings fills them in
    except ValidationError as error:
        raise ConfigError("\n".join(sentence(mistake) for mistake in error.errors())) from error


def sentence(mistake: Mapping[str, Any]) -> str:
    """Return one mistake as `NAME: what is wrong`, without the value, which may be a secret."""
    name = str(mistake["loc"][0]).upper() if mistake["loc"] else ""
    reason = mistake["msg"].removeprefix("Value error, ")
    return f"{name}: {reason}" if name else reason
