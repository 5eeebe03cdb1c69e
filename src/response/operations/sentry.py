"""Errors to Sentry, when SENTRY_DSN is set: where they happened, and never what anybody said.

Every line that is logged as an error becomes an event: that is where unforeseen failures end, in the web process as in
a worker. Nothing else is watched, so that nothing else can be sent.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from response import __version__
from response.core import about

MISSING = (
    "SENTRY_DSN is set, and sentry-sdk is not installed: "
    "`pip install 'response-incidents[sentry]'`, or unset SENTRY_DSN."
)
RESERVED: dict[str, Any] = {
    "send_default_pii": False,
    "include_local_variables": False,
    "max_request_body_size": "never",
    "max_breadcrumbs": 0,
    "auto_session_tracking": False,
    "default_integrations": False,
    "auto_enabling_integrations": False,
}
KEPT = (
    *("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "server_name"),
    *("exception", "logentry", "sdk", "modules", "contexts", "fingerprint", "threads"),
)


def begin(dsn: str, *, site_url: str) -> None:
    """Send errors there from now on. Raises ImproperlyConfigured without sentry-sdk."""
    try:
        import sentry_sdk  # noqa: PLC0415 - it may not be installed
        from sentry_sdk.integrations.atexit import AtexitIntegration  # noqa: PLC0415
        from sentry_sdk.integrations.logging import LoggingIntegration  # noqa: PLC0415
        from sentry_sdk.utils import BadDsn  # noqa: PLC0415
    except ImportError as error:
        raise ImproperlyConfigured(MISSING) from error
    try:
        sentry_sdk.init(
            dsn=dsn,
            release=f"response@{__version__}",
            environment=urlsplit(site_url).hostname or "",
            integrations=[
                LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
                AtexitIntegration(callback=lambda _pending, _timeout: None),
            ],
            before_send=scrubbed,  # type: ignore[arg-type]  # its events are typed dictionaries
            **RESERVED,
        )
    except BadDsn as error:
        raise ImproperlyConfigured(f"SENTRY_DSN is no address of Sentry's: {error}.") from error


def scrubbed(event: dict[str, Any], _hint: dict[str, Any]) -> dict[str, Any]:
    """Return what may be sent of an event: kinds of errors and places in the code, no values.

    What an error says may quote what somebody wrote: it stays in our own log, under the same reference.
    """
    sent = {name: event[name] for name in KEPT if name in event}
    for error in (sent.get("exception") or {}).get("values", ()):
        error["value"] = "(in the log)"
        for frame in (error.get("stacktrace") or {}).get("frames", ()):
            frame.pop("vars", None)
    if not str(event.get("logger", "")).startswith("response"):
        sent["logentry"] = {"message": (event.get("logentry") or {}).get("message", "")}
    sent["tags"] = {name: str(fact) for name, fact in about.facts().items()}
    return sent
