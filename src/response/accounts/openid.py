"""Signing in with OpenID Connect: there, and back again. Slack is one provider, and an installation may add another."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from response.accounts.social import SLACK
from response.plugins.addresses import whole
from response.plugins.pages import for_anybody

Claims = dict[str, Any]

HOUR = 3600
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
OPTIONAL = "token_endpoint_auth_methods_supported"


class Adapter(OpenIDConnectOAuth2Adapter):
    """Talks to a provider. What it says is believed only when it is signed, meant for us, and all of one person."""

    @property
    def openid_config(self) -> Claims:
        """Return how the provider describes itself. It is asked once an hour: whoever opens the page causes it."""
        url = self.get_provider().server_url
        return cache.get_or_set(f"openid-configuration:{url}", lambda: description_at(url), HOUR) or {}

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002
        """Return where the provider sends people back to, whatever host this request came to."""
        path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return whole(path)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Return who signs in. Raises OAuth2Error when that cannot be told."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("There is no id_token.")
        claims = self._decode_id_token(app, id_token)
        userinfo = self._fetch_user_info(token.token)
        if not claims.get("sub") or userinfo.get("sub") != claims["sub"]:
            raise OAuth2Error("The id_token and the user info are not about one person.")
        data = {"userinfo": {**claims, **userinfo}, "id_token": claims}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> Claims:
        claims: Claims = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


def description_at(url: str) -> Claims:
    """Ask a provider for its addresses. Raises RequestException, or KeyError when one is missing."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(url)
    answer.raise_for_status()
    found = answer.json()
    return {name: found[name] for name in NEEDED} | {OPTIONAL: found.get(OPTIONAL, [])}


class Provider(OpenIDConnectProvider):
    """allauth's provider, with the adapter above."""

    oauth2_adapter_class = Adapter

    @property
    def server_url(self) -> str:
        """Return where the provider describes itself: Slack, or its sandbox, beside its Web API."""
        if self.app.provider_id == SLACK:
            return str(self.wk_server_url(settings.SLACK_API_URL.rstrip("/").removesuffix("/api")))
        return str(super().server_url)


@for_anybody
@require_GET
@never_cache
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the provider. What else the address asks for, such as further scopes, is left aside."""
    try:
        provider = Adapter(request, provider_id).get_provider()
        next_url = get_next_redirect_url(request)
        answer: HttpResponse = provider.redirect(request, process=AuthProcess.LOGIN, next_url=next_url)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, KeyError) as error:  # it does not answer, or not as the standard asks for
        answer = get_adapter().refuse(request, provider_id, error)
    return answer


@for_anybody
@require_GET
@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Let in whom the provider has sent back, if they belong here."""
    view = OAuth2CallbackView.adapter_view(Adapter(request, provider_id))
    try:
        answer: HttpResponse = view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except KeyError as error:  # a field that the standard asks for is not there
        answer = get_adapter().refuse(request, provider_id, error)
    return answer
