"""Who read a moment ago: when something happens, all open pages fetch it at once, and nobody has become another since.

Session, account and person are three queries. For two hundred readers they are most of what a change costs, while Slack
waits for its acknowledgements (docs/decisions/live.md).
"""

import random
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from response.core import clock
from response.core.access import Visitor
from response.ui import acting

LONGEST = timedelta(seconds=30)
MOST_KEPT = 2000

_kept: dict[str, tuple[datetime, Visitor]] = {}  # until when it holds
_lock = threading.Lock()


def visitor(request: HttpRequest) -> Visitor:
    """Return who asks, by what their session was at most half a minute ago."""
    session: str = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    now = clock.now()
    with _lock:
        until, known = _kept.get(session, (now, None))
    if known is not None and now < until <= now + LONGEST:
        return known
    found = acting.look_up(request)
    if session:
        holds = LONGEST * random.uniform(0.5, 1)  # noqa: S311 - so that not all ask anew at once
        with _lock:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[session] = (now + holds, found)
    return found
