"""A sign of life for a watchdog somewhere else, which speaks up when none comes: once a minute, while all is well."""

import logging

import httpx
from django.conf import settings

from response.operations import queue, status

logger = logging.getLogger(__name__)

REMINDERS_LATE = 300.0  # seconds; they are looked for every ten
PATIENCE = 5.0


def beat() -> None:
    """Ask for HEARTBEAT_URL, unless the queue or the reminders are late. Whether it answers changes nothing here."""
    if not settings.HEARTBEAT_URL:
        return
    waited, late = queue.longest_wait(), status.lateness(status.reminders())
    if waited > settings.QUEUE_LATE_SECONDS or late > REMINDERS_LATE:
        logger.warning("heartbeat_withheld queue_seconds=%d reminders_seconds=%d", waited, late)
        return
    try:
        httpx.get(settings.HEARTBEAT_URL, timeout=PATIENCE, follow_redirects=True).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        logger.warning("heartbeat_failed reason=%s", type(error).__name__)  # the address may be a secret
