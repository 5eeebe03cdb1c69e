"""A handler has so long, and is then stopped: its transaction is broken off, so no half change can be stored."""

import contextvars
import ctypes
import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from django.db import close_old_connections, connection
from django.db.backends.postgresql.base import DatabaseWrapper

logger = logging.getLogger(__name__)


class TookTooLong(Exception):
    """The handler had its time, and was stopped."""


class Stop(BaseException):
    """Raised in the handler itself, where Python lets it in; not an Exception, so that no loop goes on after it."""


T = TypeVar("T")


class Attempt(threading.Thread, Generic[T]):
    """A call in a thread of its own, with a database connection of its own."""

    result: T

    def __init__(self, function: Callable[[], T]) -> None:
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
            self.result = self.surroundings.run(self.function)
        except BaseException as error:  # noqa: BLE001 - it is raised again by whoever waits
            self.error = error
        finally:
            self.backend = None  # the connection may be another job's from here on
            close_old_connections()
            connection.close()

    def stop(self) -> None:
        """Break off its transaction, and interrupt it."""
        if self.backend:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [self.backend])
        if self.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident), ctypes.py_object(Stop))


def within(seconds: float, function: Callable[[], T]) -> T:
    """Call the function: return and raise what it does; after so many seconds stop it and raise TookTooLong."""
    attempt = Attempt(function)
    attempt.start()
    attempt.join(seconds)
    if attempt.is_alive():
        attempt.stop()
        raise TookTooLong(f"it took longer than {seconds:g} s and was stopped")
    if attempt.error is not None:
        raise attempt.error
    return attempt.result
