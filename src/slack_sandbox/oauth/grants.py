"""What people have allowed apps: a code, used once and soon, and the token that it was exchanged for."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from slack_sandbox.errors import SlackError
from slack_sandbox.ids import new_secret

CODE_SECONDS = 600
OPENID, INSTALL = "openid", "install"


@dataclass(frozen=True)
class Grant:
    """Somebody's consent, as the app asked for it. `kind` says on which of the two pages it was given."""

    kind: str
    app_id: str
    user_id: str
    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...] = ()
    """What the app may do as this person, beside what its bot may."""
    redirect_uri: str = ""
    nonce: str = ""
    challenge: str = ""
    challenge_method: str = "plain"
    given: float = 0.0

    def require_verifier(self, verifier: str | None, error: str) -> None:
        """Raise SlackError unless this is what the challenge was made of (RFC 7636)."""
        made = self._challenge_of(verifier or "")
        if self.challenge and not secrets.compare_digest(self.challenge.encode(), made.encode()):
            raise SlackError(error)

    def _challenge_of(self, verifier: str) -> str:
        if self.challenge_method != "S256":
            return verifier
        digest = hashlib.sha256(verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Grants:
    """Codes and the tokens of people, by what they are."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._codes: dict[str, Grant] = {}
        self._tokens: dict[str, Grant] = {}

    def code_for(self, grant: Grant) -> str:
        """A code for it, of the form of Slack's."""
        code = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**13)}.{secrets.token_hex(32)}"
        self._codes[code] = grant
        return code

    def redeem(self, code: str, kind: str, app_id: str) -> Grant:
        """What a code stands for, once. Raises SlackError: invalid_code, oauth_authorization_url_mismatch."""
        grant = self._codes.pop(code, None)
        if grant is None or grant.app_id != app_id or self._now() - grant.given > CODE_SECONDS:
            raise SlackError("invalid_code")
        if grant.kind != kind:
            raise SlackError("oauth_authorization_url_mismatch")
        return grant

    def token_for(self, grant: Grant) -> str:
        """A user token of it."""
        token = f"xoxp-{new_secret(12)}-{new_secret(24)}"
        self._tokens[token] = grant
        return token

    def behind(self, token: str | None) -> Grant:
        """What a user token stands for. Raises SlackError."""
        if not token:
            raise SlackError("not_authed")
        if token not in self._tokens:
            raise SlackError("invalid_auth")
        return self._tokens[token]
