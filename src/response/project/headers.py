"""What browsers are told of every page, besides its Content-Security-Policy, which django-csp sends."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What no page of ours needs, nor anything that might get into one.
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()"


class Headers:
    """Add what holds for every answer, unless the page has said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Kept by the reader's browser alone, which asks each time whether it still holds.
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        if seconds := settings.SECURE_HSTS_SECONDS:
            # Django does so where it sees TLS itself; here a proxy may end it. Browsers heed it over TLS alone.
            answer.headers.setdefault("Strict-Transport-Security", f"max-age={seconds}")
        return answer
