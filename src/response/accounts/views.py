"""The pages of signing in and out."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from response.accounts import demo
from response.plugins.pages import for_anybody


class SignIn(LoginView):
    """Everything that one can sign in with."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the providers that are set up, and in a demo its people."""
        more = {
            "providers": get_adapter().list_providers(self.request),
            "demo_people": demo.people(),
            "next": get_next_redirect_url(self.request) or "",
        }
        return {**super().get_context_data(**kwargs), **more}


sign_in = for_anybody(SignIn.as_view())


@for_anybody
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("account_login")


class Welcome(PasswordResetConfirmView):
    """Where a one-time link leads: the account's owner chooses a password, and is signed in."""

    template_name = "accounts/welcome.html"
    post_reset_login = True
    post_reset_login_backend = "allauth.account.auth_backends.AuthenticationBackend"

    def get_success_url(self) -> str:
        """Go on to the first page."""
        return reverse("home")


welcome = for_anybody(Welcome.as_view())


class Password(PasswordChangeView):
    """Choose another password."""

    template_name = "accounts/password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send those away who sign in with Slack or another provider, and have no password here."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "You have no password here: you sign in elsewhere.")
            return HttpResponseRedirect(reverse("home"))
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """Stay on the page, which says that it is done."""
        messages.success(self.request, "Your password is changed.")
        return reverse("account_change_password")


password = Password.as_view()
