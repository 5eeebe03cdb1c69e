"""Slack: whether it can be reached, and what the tokens may do there."""

from collections.abc import Iterator

from django.conf import settings

from response.core.errors import TemporaryError
from response.doctor import problems
from response.doctor.findings import Finding, skipped, well
from response.setup.skew import TOLERATED, seconds_ahead, words_for
from response.slack import client, manifest
from response.slack.client import Answered, SlackRefused
from response.slack.models import CommsChannel, HeadlinePost
from response.slack.payloads import text_at

LOOKED_AT = 3


def ask(method: str, *, token: str | None = None, **arguments: str) -> Answered:
    return client.ask(method, token=token, api_url=settings.SLACK_API_URL, timeout=settings.SLACK_TIMEOUT, **arguments)


def reach() -> Iterator[Finding]:
    """Find out whether Slack answers, and what time it has."""
    try:
        answered = ask("api.test")
    except (TemporaryError, SlackRefused) as error:
        yield problems.SLACK_AWAY(api_url=settings.SLACK_API_URL, reason=str(error).partition(": ")[2] or error)
        return
    yield well("slack", f"{settings.SLACK_API_URL} answers")
    yield time_of(answered.headers.get("date", ""))


def time_of(date: str) -> Finding:
    """Compare our clock with the time at which Slack says that it answered."""
    if not date:
        return skipped("clock", "Slack did not say what time it has")
    ahead = seconds_ahead(date)
    if abs(ahead) > TOLERATED:
        return problems.CLOCK_OFF(off=words_for(ahead))
    return well("clock", "agrees with Slack's")


def token() -> Iterator[Finding]:
    """Find out whether the bot token works, and what it may not do."""
    if not settings.SLACK_TOKEN:
        yield skipped("token", "SLACK_TOKEN is not set")
        return
    try:
        answered = ask("auth.test", token=settings.SLACK_TOKEN)
    except SlackRefused as error:
        yield problems.TOKEN_REFUSED(
            error=error.error, advice=error.advice or "Install the app again, and set its token."
        )
        return
    except TemporaryError as error:
        yield skipped("token", f"Slack cannot be asked now ({error})")
        return
    missing = sorted(set(manifest.BOT_SCOPES) - answered.scopes)
    for scope in missing:
        needed_by = ", ".join(manifest.NEEDED_BY[scope])
        yield problems.MISSING_SCOPE(scope=scope, reason=manifest.BOT_SCOPES[scope], needed_by=needed_by)
    team = f"{text_at(answered.data, 'team')} ({text_at(answered.data, 'team_id')})"
    if not missing:
        yield well("token", f"of {team}, with all {len(manifest.BOT_SCOPES)} scopes")
    if "channels:read" not in missing and not is_the_records(channels_of_record()):
        yield problems.OTHER_WORKSPACE(team=team)


def channels_of_record() -> list[str]:
    """Return the ids of the channels that the latest incidents use."""
    own = CommsChannel.objects.exclude(channel_id=None).order_by("-incident_id").values_list("channel_id", flat=True)
    posts = HeadlinePost.objects.exclude(channel_id="").order_by("-incident_id").values_list("channel_id", flat=True)
    return [*dict.fromkeys([*posts[:1], *own[:LOOKED_AT]])]  # type: ignore[list-item]


def is_the_records(channels: list[str]) -> bool:
    """Whether the token's workspace has one of these channels. Without any there is nothing to compare."""
    for channel in channels:
        try:
            ask("conversations.info", token=settings.SLACK_TOKEN, channel=channel)
        except SlackRefused as error:
            if error.error == "channel_not_found":
                continue
        except TemporaryError:
            return True
        return True
    return not channels


def app_token() -> Iterator[Finding]:
    """Find out whether Socket Mode can connect. Nothing is connected: that would take events from who listens."""
    given = settings.SLACK_APP_TOKEN
    if not given:
        yield skipped("socket", "not used: SLACK_APP_TOKEN is not set")
        return
    try:
        ask("apps.connections.open", token=given)
    except SlackRefused as error:
        yield problems.APP_TOKEN_REFUSED(error=error.error)
        return
    except TemporaryError as error:
        yield skipped("socket", f"Slack cannot be asked now ({error})")
        return
    yield same_app(given) or well("socket", "SLACK_APP_TOKEN can connect")


def same_app(app_token: str) -> Finding | None:
    """Compare the app whose id stands in the app-level token with that of the bot token."""
    parts = app_token.split("-")
    if len(parts) < 4 or not parts[2].startswith("A"):
        return None
    try:
        bot_id = text_at(ask("auth.test", token=settings.SLACK_TOKEN).data, "bot_id")
        bot_app = text_at(ask("bots.info", token=settings.SLACK_TOKEN, bot=bot_id).data, "bot", "app_id")
    except (SlackRefused, TemporaryError):
        return None  # the token's own check says why
    return problems.OTHER_APP(app_token_app=parts[2], bot_app=bot_app) if bot_app not in {"", parts[2]} else None
