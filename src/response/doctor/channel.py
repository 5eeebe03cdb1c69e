"""The incidents channel: there, open, and with the app in it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from response.core.errors import TemporaryError
from response.doctor import problems
from response.doctor.findings import Finding, skipped, well
from response.setup.channel import every_channel
from response.slack import client
from response.slack.client import SlackRefused
from response.slack.payloads import text_at


def channel() -> Iterator[Finding]:
    """Find out whether headlines can be posted."""
    name = settings.INCIDENT_CHANNEL_NAME
    try:
        found = next((each for each in every_channel(client.call) if text_at(each, "name") == name), None)
    except (SlackRefused, TemporaryError) as error:
        yield skipped("channel", f"cannot be looked for ({error})")
        return
    yield judge(name, found)


def judge(name: str, found: dict[str, Any] | None) -> Finding:
    if found is None:
        return problems.NO_CHANNEL(name=name)
    if found.get("is_archived"):
        return problems.ARCHIVED_CHANNEL(name=name)
    if not found.get("is_member"):
        return problems.NO_MEMBER(name=name, bot=settings.INCIDENT_BOT_NAME)
    return well("channel", f"the app is in #{name}")
