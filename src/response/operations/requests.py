"""Every request has an id, which the log and the answer have too, and is counted by its route and its status."""

import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from response.core import about
from response.operations import probes
from response.operations.metrics import catalogue
from response.operations.metrics.tally import tally

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

ROUTE = "response.route"  # in a request's environment, once it is known
HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._:/+=-]{1,100}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def observed(application: Application) -> Application:
    """Return the application, with ids for its requests, and counted."""

    def answer(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        request_id = id_of(environ)
        statuses: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            statuses.append(status[:3])
            return start_response(status, [*headers, (HEADER, request_id)], *exc_info)

        began = time.perf_counter()
        with about.doing(request=request_id):
            try:
                return application(environ, start)
            finally:
                count(environ, statuses[-1] if statuses else "500", time.perf_counter() - began)

    return answer


def id_of(environ: dict[str, Any]) -> str:
    """Return the id that came with a request, so that a proxy's log and ours agree; or a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if GIVEN.fullmatch(given) else secrets.token_hex(8)


def count(environ: dict[str, Any], status: str, seconds: float) -> None:
    """Count a request that is answered."""
    route = environ.get(ROUTE) or unnamed(environ.get("PATH_INFO", ""))
    method = environ.get("REQUEST_METHOD", "")
    tally.count(catalogue.REQUESTS, route, method if method in METHODS else "other", status)
    tally.observe(catalogue.REQUEST_SECONDS, seconds, route)


def unnamed(path: str) -> str:
    """Return what stands for addresses without a view: never the address itself, of which there is no end."""
    return "static" if path.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "none"


class Observed:
    """The first middleware: answers probes, and notes which view a request came to, and which incident it is about."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = probes.PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        request.META[ROUTE] = request.path_info
        return probe(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]) -> None:
        """Note what was found for the request."""
        match = request.resolver_match
        request.META[ROUTE] = match.view_name or match.route if match else None
        about.note(incident=kwargs.get("incident_id"))
