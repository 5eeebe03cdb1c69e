"""The key that id_tokens are signed with. It is made when it is first needed, and lives as long as the process."""

from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from slack_sandbox.shapes import Json

KID = "sandbox"
ALGORITHM = "RS256"


@cache
def _private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_keys() -> Json:
    """The public half as a key set (RFC 7517)."""
    key: dict[str, Any] = RSAAlgorithm.to_jwk(_private_key().public_key(), as_dict=True)
    return {"keys": [{"kty": key["kty"], "n": key["n"], "e": key["e"], "kid": KID, "use": "sig", "alg": ALGORITHM}]}


def sign(claims: Json) -> str:
    """The claims as a signed token."""
    return jwt.encode(claims, _private_key(), algorithm=ALGORITHM, headers={"kid": KID})
