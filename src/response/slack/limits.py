"""A handler has so long, and is then stopped: its transaction is broken off, so no half change can be stored."""

import contextvars
import ctypes
import logging
import threading
from collections.abc import Callable
from typing import cast

from django.db import close_old_connections, connection
from django.db.backends.postgresql.base import DatabaseWrapper

logger = logging.getLogger(__name__)


class TookTooLong(Exception):
    """The handler had its time. Raised in the job, and in the handler itself where Python lets it in."""


class Attempt(threading.Thread):
    """A call in a thread of its own, with a database connection of its own."""

    def __init__(self, function: Callable[[], None]) -> None:
        """Remember what to call, and in which context."""
        super().__init__(name="handler", daemon=True)
        self.function = function
        self.error: BaseException | None = None
        self.backend: int | None = None
        self.surroundings = contextvars.copy_context()

    def run(self) -> None:
        """Call it, and keep what went wrong for whoever waits."""
        try:
            connection.ensure_connection()
            self.backend = cast("DatabaseWrapper", connection).connection.info.backend_pid
            self.surroundings.run(self.function)
        except BaseException as error:  # noqa: BLE001 - it is raised again by whoever waits
            self.error = error
        finally:
            close_old_connections()
            connection.close()

    def stop(self) -> None:
        """Break off its transaction, and interrupt it."""
        if self.backend:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [self.backend])
        if self.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident), ctypes.py_object(TookTooLong))


def within(seconds: float, function: Callable[[], None]) -> None:
    """Call the function and raise what it raises; after so many seconds stop it and raise TookTooLong."""
    attempt = Attempt(function)
    attempt.start()
    attempt.join(seconds)
    if attempt.is_alive():
        attempt.stop()
        raise TookTooLong(f"it took longer than {seconds:g} s and was stopped")
    if attempt.error is not None:
        raise attempt.error
