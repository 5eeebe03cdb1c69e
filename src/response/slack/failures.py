"""When a handler fails: what is worth another try, what the log says, and what a person is told."""

import logging
import secrets

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError

from response.core.errors import PermanentError, TemporaryError, UserError
from response.slack import signals
from response.slack.limits import TookTooLong

logger = logging.getLogger(__name__)

RETRIED = (TemporaryError, OperationalError, InterfaceError)
MEANT_FOR_PEOPLE = (UserError, PermanentError, ValidationError)


def sentence(error: Exception) -> str:
    """Return what an error says to the person it is meant for."""
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def write_down(error: Exception, handler: str, **about: object) -> str:
    """Log a failure that nobody foresaw, and return the reference it can be found by. Never what people said."""
    reference = secrets.token_hex(4)
    details = "".join(f" {name}={value}" for name, value in about.items())
    # One that was stopped has no line of its own to show: it was somewhere in the handler.
    trace = None if isinstance(error, TookTooLong) else error
    reason = f" reason={str(error)!r}" if trace is None else ""
    signals.handler_failed.send(None, handler=handler)
    logger.error("handler_failed handler=%s%s reference=%s%s", handler, details, reference, reason, exc_info=trace)
    return reference


def told(error: Exception, reference: str) -> str:
    """Return what the person who caused it is told."""
    what = str(error).capitalize() if isinstance(error, TookTooLong) else "Something went wrong on our side"
    return f"{what}, and nothing was changed. Tell whoever runs Response: `{reference}`."
