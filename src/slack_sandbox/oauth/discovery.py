"""What OpenID Connect looks for first: the provider's addresses, and its keys."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_sandbox.hub import Hub
from slack_sandbox.oauth import keys


async def configuration(request: Request) -> Response:
    """`/.well-known/openid-configuration`"""
    hub: Hub = request.app.state.hub
    described = {
        "issuer": hub.base_url,
        "authorization_endpoint": f"{hub.base_url}/openid/connect/authorize",
        "token_endpoint": f"{hub.base_url}/api/openid.connect.token",
        "userinfo_endpoint": f"{hub.base_url}/api/openid.connect.userInfo",
        "jwks_uri": f"{hub.base_url}/openid/connect/keys",
        "scopes_supported": ["openid", "profile", "email"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [keys.ALGORITHM],
        "claims_supported": ["sub", "auth_time", "iss"],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": True,
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }
    return JSONResponse(described)


async def key_set(_request: Request) -> Response:
    """`/openid/connect/keys`"""
    return JSONResponse(keys.public_keys())


ROUTES = [
    Route("/.well-known/openid-configuration", configuration),
    Route("/openid/connect/keys", key_set),
]
