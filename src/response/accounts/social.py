"""What allauth asks us about people whom a provider sends: who they are here, and whether they are let in."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.base.provider import Provider
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from response.accounts import membership
from response.accounts.adapter import not_let_in
from response.accounts.linking import account_of, name_elsewhere
from response.core.errors import PermanentError, TemporaryError

logger = logging.getLogger(__name__)

SLACK = "slack"
NOT_REACHED = "The sign-in service does not answer as it should. Please try again in a moment."


class SocialAdapter(DefaultSocialAccountAdapter):
    """People of Slack, and of another OpenID Connect provider when one is set up."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the providers of the settings. There are no others, and the database is not asked."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Let those in for the first time whom `pre_social_login` has let through."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whoever does not belong here; give people of Slack the account of the person they are."""
        claims = sociallogin.account.extra_data["userinfo"]
        try:
            if sociallogin.account.provider == SLACK:
                sociallogin.connect(request, account_of(membership.person_of_slack(claims)))
            else:
                membership.require_domain(claims)
        except membership.Refused as error:
            logger.warning("sign_in_refused provider=%s reason=%r", sociallogin.account.provider, str(error))
            raise ImmediateHttpResponse(not_let_in(request, str(error))) from error
        except (TemporaryError, PermanentError) as error:
            logger.warning("sign_in_failed provider=%s reason=%r", sociallogin.account.provider, str(error))
            raise ImmediateHttpResponse(not_let_in(request, NOT_REACHED, status=502)) from error

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Fill in a new account. Names and the e-mail address are for operators to read, and connect nothing."""
        user: User = super().populate_user(request, sociallogin, data)
        user.username = name_elsewhere(sociallogin.account.provider, sociallogin.account.uid)
        sociallogin.email_addresses = []
        return user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> None:
        """Say in a sentence that it did not work."""
        raise ImmediateHttpResponse(
            self.refuse(request, provider.sub_id, exception, cancelled=error == AuthError.CANCELLED)
        )

    def refuse(
        self, request: HttpRequest, provider_id: str, error: Exception | None, *, cancelled: bool = False
    ) -> HttpResponse:
        """Return the page of a sign-in that did not work."""
        if cancelled:
            messages.info(request, "You did not sign in.")
            return redirect("account_login")
        logger.warning("sign_in_failed provider=%s reason=%s", provider_id, type(error).__name__)
        return not_let_in(request, NOT_REACHED, status=502)
