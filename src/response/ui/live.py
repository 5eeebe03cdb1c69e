"""What open pages ask every second: has anything changed? Answered without a session, and mostly without a query.

A page is given an address that only this process's key can have made, so that nobody else can ask; what it answers is
only whether something changed. What changed is another question, and goes the way of every page. Why so:
docs/decisions/live.md.
"""

import hashlib
import threading
import time
from http import HTTPStatus

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from response.core.models import Pulse
from response.plugins.pages import for_anybody

EVERYTHING = "all"
# How long an answer holds for everybody who asks the same: two hundred readers of one incident are few queries.
SECONDS = 0.25
MOST_KEPT = 5000
# What the first page shows is a part of this many incidents, the last to change.
LATEST = 200

_signer = signing.Signer(salt="response.live")
_kept: dict[str, tuple[float, str]] = {}
_lock = threading.Lock()


def address(subject: str) -> str:
    """Return where to ask about an incident, by its number, or about EVERYTHING."""
    return reverse("live", args=[_signer.sign(subject)])


def version(subject: str) -> str:
    """Return what changes whenever an incident, or anything, does."""
    return of_everything() if subject == EVERYTHING else of_incident(int(subject))


def recent_version(subject: str) -> str:
    """Return the version of now, or of a moment ago."""
    with _lock:
        read_at, known = _kept.get(subject, (0.0, ""))
        if time.monotonic() - read_at >= SECONDS:
            if len(_kept) > MOST_KEPT:
                _kept.clear()
            known = version(subject)
            _kept[subject] = (time.monotonic(), known)
    return known


def of_incident(number: int) -> str:
    found = Pulse.objects.filter(pk=number).values_list("version", flat=True).first()
    return str(found or "")


def of_everything() -> str:
    """Return a mark of the newest versions. The highest alone would miss a slow transaction behind a quick one."""
    newest = list(Pulse.objects.order_by("-version").values_list("pk", "version")[:LATEST])
    return hashlib.sha256(repr(newest).encode()).hexdigest()[:20] if newest else ""


def answer(signed: str, seen: str) -> tuple[HTTPStatus, str]:
    """Return 304 when what was seen is what there is, else 204; and the version, as an ETag."""
    try:
        subject = _signer.unsign(signed)
    except signing.BadSignature:
        return HTTPStatus.NOT_FOUND, ""
    tag = f'"{recent_version(subject)}"'
    return HTTPStatus.NOT_MODIFIED if seen == tag else HTTPStatus.NO_CONTENT, tag


@for_anybody
def view(request: HttpRequest, signed: str) -> HttpResponse:
    """Answer a page."""
    status, tag = answer(signed, request.headers.get("If-None-Match", ""))
    headers = {"Cache-Control": "no-store", **({"ETag": tag} if tag else {})}
    return HttpResponse(status=status, headers=headers)
