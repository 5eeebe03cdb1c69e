"""Lets people through to the pages that they may open, before anything is looked up that a page is about.

So an incident that exists and one that does not are refused with the same words.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.functional import SimpleLazyObject

from response.core.access import Role
from response.project import outage
from response.ui import acting, recent

SAFE = {"GET", "HEAD", "OPTIONS"}


class Gate:
    """Refuse whoever may not open a page (`response.plugins.pages` says who may)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Have every page know who looks at it; nothing is looked up before it asks."""
        request.visitor = SimpleLazyObject(lambda: acting.look_up(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Let the request through, or answer it."""
        needed = needed_for(request, view)
        if getattr(view, "is_fetched_by_open_pages", False):
            request.visitor = SimpleLazyObject(lambda: recent.visitor(request))  # type: ignore[attr-defined]  # ours
        try:
            if needed == Role.NOBODY or acting.visitor(request).role >= needed:
                return None
        except outage.AWAY as error:
            return outage.answer(request, error)
        return refused(request) if request.user.is_authenticated else sent_to_sign_in(request)


def needed_for(request: HttpRequest, view: Callable[..., Any]) -> Role:
    """Return what somebody has to be for this request."""
    is_admin = request.resolver_match is not None and "admin" in request.resolver_match.app_names
    needed: Role = Role.OPERATOR if is_admin else getattr(view, "opens_to", Role.MEMBER)
    return Role.MEMBER if needed == Role.READER and request.method not in SAFE else needed


def refused(request: HttpRequest) -> HttpResponse:
    """Say that they may not, and not what is there."""
    return render(request, "403.html", status=403)


def sent_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Have them sign in first, and come back to the page they were on. What they sent is not sent again."""
    if request.headers.get("HX-Request"):
        return asked_by_htmx(request)
    return redirect_to_login(request.get_full_path() if request.method in SAFE else page_before(request))


def asked_by_htmx(request: HttpRequest) -> HttpResponse:
    """Send the whole page to sign in when somebody pressed something; what it looks up by itself just stops."""
    answer = HttpResponse("Sign in again.", status=401, content_type="text/plain")
    if request.method not in SAFE:
        answer["HX-Redirect"] = redirect_to_login(page_before(request))["Location"]
    return answer


def page_before(request: HttpRequest) -> str:
    """Return the page of ours that a form was on."""
    before = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    is_ours = before.netloc == request.get_host()
    return before.path if is_ours and before.path else resolve_url(settings.LOGIN_REDIRECT_URL)
