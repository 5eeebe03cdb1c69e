"""The settings: looked at before Django is set up, as nothing works when they are wrong."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from response.doctor import problems
from response.doctor.findings import Finding, well
from response.project.config import Config, ConfigError, read_config
from response.project.renamed import given_names, old_names
from response.setup.answers import kind_of
from response.slack.manifest import is_slack

CHECK = "settings"


def read() -> tuple[Config | None, list[Finding]]:
    """Return the settings, and what is wrong with them; None when they cannot be used at all."""
    try:
        config = read_config()
    except ConfigError as error:
        return None, [problems.BAD_SETTING(reason=reason) for reason in str(error).splitlines()]
    return config, judge(config)


def judge(config: Config) -> list[Finding]:
    """Return what is wrong with settings that can be used, or that all is well."""
    return list(look(config)) or [well(CHECK, f"read from the environment{from_file()}")]


def from_file() -> str:
    return " and .env" if Path(".env").is_file() else ""


def look(config: Config) -> Iterator[Finding]:
    """Find what can be seen without asking anybody."""
    yield from tokens(config)
    if not app_token(config) and not config.signing_secrets:
        yield problems.NO_WAY_IN()
    calls_us = not app_token(config) and is_slack(config.slack_api_url)
    if calls_us and config.signing_secrets and not config.site_url.startswith("https://"):
        yield problems.NO_TLS(address=config.site_url)
    if config.debug:
        yield problems.DEBUG_ON()
    yield from open_files(Path(".env"))
    for each in old_names(given_names(os.environ, Path(".env"))):
        yield problems.OLD_NAME(renamed=each)


def tokens(config: Config) -> Iterator[Finding]:
    token = config.slack_token.get_secret_value()
    if not token:
        yield problems.NO_TOKEN()
    elif not token.startswith("xoxb-"):
        wanted = "the app's bot token, which begins with xoxb-"
        yield problems.WRONG_TOKEN(setting="SLACK_TOKEN", kind=kind_of(token), wanted=wanted)
    if (second := app_token(config)) and not second.startswith("xapp-"):
        wanted = "the app-level token, which begins with xapp-"
        yield problems.WRONG_TOKEN(setting="SLACK_APP_TOKEN", kind=kind_of(second), wanted=wanted)


def app_token(config: Config) -> str:
    """Return the app-level token, or "" where Slack calls us."""
    return config.slack_app_token.get_secret_value()


def open_files(file: Path) -> Iterator[Finding]:
    """Find a file with secrets that others can read."""
    if file.is_file() and stat.S_IMODE(file.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH):
        yield problems.OPEN_FILE(file=file)
