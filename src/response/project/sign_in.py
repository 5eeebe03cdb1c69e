"""How people sign in, as the settings say it, and what is wrong with what they say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from response.project.config import Config

HERE = {"localhost", "127.0.0.1", "::1"}
# Everybody in the world has an account there, so somebody has to say whose are let in.
FOR_EVERYBODY = {"accounts.google.com", "appleid.apple.com", "gitlab.com", "www.linkedin.com"}
MICROSOFT, SHARED = "login.microsoftonline.com", ("/common", "/organizations", "/consumers")

Providers = dict[str, Any]


def mistakes_of_sign_in(config: "Config") -> Iterator[str]:
    """Yield a sentence for each mistake."""
    if config.demo_sign_in and not (is_here(config.site_url) and is_here(config.slack_api_url)):
        yield (
            "DEMO_SIGN_IN: it lets everybody be anybody, so SITE_URL and SLACK_API_URL have to be of this machine "
            "(http://localhost…)"
        )
    if bool(config.slack_client_id) != bool(config.slack_client_secret.get_secret_value()):
        yield "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: both are needed to sign in with Slack"
    given = [config.oidc_issuer, config.oidc_client_id, config.oidc_client_secret.get_secret_value()]
    if any(given) and not all(given):
        yield "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: all three are needed"
    if config.oidc_issuer and not (config.oidc_issuer.startswith("https://") or is_here(config.oidc_issuer)):
        yield "OIDC_ISSUER: it must begin with https://"
    if is_for_everybody(config.oidc_issuer) and not config.oidc_domains:
        yield "OIDC_DOMAINS: everybody can have an account of this provider, so say whose addresses are let in"


def is_here(url: str) -> bool:
    """Whether an address is one of this machine, without TLS."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in HERE


def is_for_everybody(issuer: str) -> bool:
    """Whether a provider gives accounts to the whole world."""
    parts = urlsplit(issuer)
    return parts.hostname in FOR_EVERYBODY or (parts.hostname == MICROSOFT and parts.path.startswith(SHARED))


def providers(config: "Config") -> Providers:
    """Return allauth's `SOCIALACCOUNT_PROVIDERS`."""
    apps = []
    if config.slack_client_id:  # where Slack is, its API's address says (accounts/openid.py)
        apps.append(app("slack", "Slack", config.slack_client_id, config.slack_client_secret.get_secret_value()))
    if config.oidc_issuer:
        issuer, secret = config.oidc_issuer.rstrip("/"), config.oidc_client_secret.get_secret_value()
        apps.append(app("oidc", config.oidc_name, config.oidc_client_id, secret, server_url=issuer))
    own = {"provider_class": "response.accounts.openid.Provider", "OAUTH_PKCE_ENABLED": True, "APPS": apps}
    return {"openid_connect": own}


def app(provider_id: str, name: str, client_id: str, secret: str, **settings: str) -> dict[str, Any]:
    return {"provider_id": provider_id, "name": name, "client_id": client_id, "secret": secret, "settings": settings}
