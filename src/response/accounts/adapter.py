"""What allauth asks us about accounts. Nobody signs themselves up, and nothing is sent by e-mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts: an operator makes them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Let nobody make an account for themselves."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether people may be sent on to this address: only to a page of the host that they came to."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Answer programs with the same pages as people."""
        return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing: the page that comes next shows who is signed in."""

    def send_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing: there is no mail server."""

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:  # noqa: ARG002
        """Say that an operator has switched the account off."""
        return not_let_in(request, "This account has been switched off. An operator can switch it on again.")


def not_let_in(request: HttpRequest, reason: str, *, status: int = 403) -> HttpResponse:
    """Say why somebody could not sign in."""
    return render(request, "accounts/not_let_in.html", {"reason": reason}, status=status)
