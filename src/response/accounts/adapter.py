"""What allauth asks us about accounts. Nobody signs themselves up, and nothing is sent by e-mail."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts: an operator makes them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The name or the password is not correct.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
    }

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

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session, and leave a line in the log."""
        super().login(request, user)
        logger.info("signed_in account=%s", user.pk)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Leave a line in the log, without what was typed: people type passwords into the wrong field."""
        logger.warning("sign_in_failed provider=password ip=%s", self.get_client_ip(request))

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
