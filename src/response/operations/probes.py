"""What machines ask of the web process. They need no host name, no session and no account.

`/healthz` is for whoever restarts a process, `/readyz` for whoever watches or deploys, `/metrics` for Prometheus.
"""

import json
from collections.abc import Callable
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from response.operations import checks
from response.operations.metrics import scrape

Probe = Callable[[HttpRequest], HttpResponse]

UNCACHED = {"Cache-Control": "no-store"}


def alive(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers. It asks nobody, so that a database that is away restarts no web process."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8", headers=UNCACHED)


def ready(request: HttpRequest) -> HttpResponse:
    """Say whether Response works, check by check. With `?without=queue`, whether this process can serve."""
    found = list(checks.look(with_queue=request.GET.get("without") != "queue"))
    is_ready = all(check.is_well for check in found)
    answer = {"ready": is_ready, "checks": {check.name: {"ok": check.is_well, "text": check.text} for check in found}}
    body = json.dumps(answer, indent=2) + "\n"
    return HttpResponse(body, status=200 if is_ready else 503, content_type="application/json", headers=UNCACHED)


def metrics(request: HttpRequest) -> HttpResponse:
    """Tell Prometheus how things stand. Only who has METRICS_TOKEN may ask; without one nobody may."""
    if not settings.METRICS_TOKEN:
        return HttpResponse("Set METRICS_TOKEN to have metrics.\n", status=404, content_type="text/plain")
    if not has_token(request):
        headers = {"WWW-Authenticate": 'Bearer realm="metrics"'}
        return HttpResponse("The token is missing or wrong.\n", status=401, content_type="text/plain", headers=headers)
    try:
        body = scrape.exposition()
    except checks.AWAY:
        return HttpResponse("The database is away.\n", status=503, content_type="text/plain", headers=UNCACHED)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST, headers=UNCACHED)


def has_token(request: HttpRequest) -> bool:
    """Whether the request comes with the token: `Authorization: Bearer <token>`."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return kind.lower() == "bearer" and compare_digest(given.strip().encode(), settings.METRICS_TOKEN.encode())


def only_read(probe: Probe) -> Probe:
    """Refuse whatever is not a question."""

    def asked(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return probe(request)

    return asked


PROBES: dict[str, Probe] = {
    "/healthz": only_read(alive),
    "/readyz": only_read(ready),
    "/metrics": only_read(metrics),
}
