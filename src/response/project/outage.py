"""When the database is away: 503, so that Slack tries again and people know what is going on."""

import logging
from collections.abc import Callable
from typing import cast

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from psycopg.errors import DiskFull
from psycopg_pool import PoolTimeout

from response.project.postgresql.base import DatabaseWrapper

logger = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError, PoolTimeout)
FULL = "Response's database has no room left. Nothing was changed; somebody has to make room on its disk."
TEXT = "Response cannot reach its database. Nothing was changed; please try again in a moment."


def took_away(path: str, error: Exception) -> str:
    """Note that the database is away, be ready for its return, and say what people are told."""
    if isinstance(error.__cause__, DiskFull):
        logger.error("database_full path=%s: make room where PostgreSQL keeps its data", path)
        return FULL
    # A pool that has failed waits longer before each new try, up to minutes, and lets nobody else try meanwhile.
    cast("DatabaseWrapper", connection).close_pool()
    logger.error("database_away path=%s reason=%s", path, type(error).__name__)
    return TEXT


class DatabaseOutage:
    """Answer 503 for whatever failed because the database cannot be reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn an outage into its answer; leave every other exception alone."""
        if not isinstance(exception, AWAY):
            return None
        return answer(request, exception)


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the page that says so."""
    text = took_away(request.path, error)
    return HttpResponse(text, status=503, headers={"Retry-After": "5"}, content_type="text/plain")
