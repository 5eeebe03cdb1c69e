"""What an answer has to look like. Each check returns the answer as it is used, or raises Mistake with the fix."""

import re
from urllib.parse import urlsplit

from response.slack.manifest import is_slack

HERE = {"localhost", "127.0.0.1", "::1"}
NAME = re.compile(r"[^\W_][\w .'-]*", re.ASCII)
CHANNEL = re.compile(r"[a-z0-9_-]{1,80}")
SECRET = re.compile(r"[0-9a-z]{32}")

KINDS = {
    "xoxb-": "the bot token",
    "xoxe.xoxb-": "a bot token that expires, because token rotation is switched on for the app",
    "xoxp-": "a user token",
    "xoxe.xoxp-": "a user token that expires",
    "xoxe-": "a refresh token",
    "xapp-": "the app-level token",
    "xoxc-": "a token of somebody's browser",
    "xwfp-": "a workflow's token",
}
XOXB_IS = "The bot token begins with xoxb-; it stands on the app's page *OAuth & Permissions* once it is installed."
XAPP_IS = (
    "The app-level token begins with xapp-; make it on the app's page *Basic Information*, under *App-Level Tokens*, "
    "with the scope connections:write."
)
SECRET_IS = (
    "The signing secret stands on the app's page *Basic Information*, under *App Credentials*: 32 letters and digits."  # noqa: S105
)


class Mistake(Exception):
    """An answer cannot be used. The message is for the person: what is wrong, and where the right one is."""


def check_name(text: str, longest: int) -> str:
    """Return a name of the app or its bot."""
    name = text.strip()
    if not NAME.fullmatch(name):
        raise Mistake(f"{text!r} is not a name: use letters, digits, spaces, and . ' - _")
    if len(name) > longest:
        raise Mistake(f"The name has {len(name)} characters; Slack takes {longest}.")
    return name


def check_address(text: str, api_url: str) -> str:
    """Return the address at which Slack reaches us, without a slash at the end."""
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Mistake(f"{text!r} is not an address; write it like https://response.example.com")
    if parts.query or parts.fragment:
        raise Mistake("The address has something behind ? or #; leave that away.")
    if is_slack(api_url):
        if parts.hostname in HERE:
            raise Mistake(
                f"Slack cannot reach {parts.hostname}. Use Socket Mode, which needs no address, or a real one."
            )
        if parts.scheme != "https":
            raise Mistake(f"Slack calls only addresses with TLS: write https://{parts.netloc}{parts.path}")
    return text.strip().rstrip("/")


def check_site(text: str) -> str:
    """Return the address at which people reach the pages, without a slash at the end."""
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Mistake(f"{text!r} is not an address; write it like https://response.example.com")
    return text.strip().rstrip("/")


def check_bot_token(text: str) -> str:
    """Return a bot token."""
    return token_of(text, "xoxb-", XOXB_IS)


def check_app_token(text: str) -> str:
    """Return an app-level token."""
    return token_of(text, "xapp-", XAPP_IS)


def token_of(text: str, prefix: str, where: str) -> str:
    token = text.strip()
    if token.startswith(prefix) and token.isascii() and len(token.split()) == 1:
        return token
    raise Mistake(f"That is {kind_of(token)}. {where}")


def check_secret(text: str) -> str:
    """Return a signing secret."""
    secret = text.strip()
    if not SECRET.fullmatch(secret):
        raise Mistake(f"That is {kind_of(secret)}. {SECRET_IS}")
    return secret


CLIENT_IS = "It stands on the app's page *Basic Information*, under *App Credentials*"


def check_client_id(text: str) -> str:
    """Return a client ID, or "" when people are not to sign in with Slack."""
    client_id = text.strip()
    if client_id and not re.fullmatch(r"\d+\.\d+", client_id):
        raise Mistake(f"That is {kind_of(client_id)}. {CLIENT_IS}: two numbers with a dot between.")
    return client_id


def check_client_secret(text: str, signing_secret: str = "") -> str:
    """Return a client secret."""
    secret = text.strip()
    if secret and secret == signing_secret:
        raise Mistake(f"That is the signing secret. {CLIENT_IS}, above it: *Client Secret*.")
    if not SECRET.fullmatch(secret):
        raise Mistake(f"That is {kind_of(secret)}. {CLIENT_IS}: 32 letters and digits.")
    return secret


def kind_of(text: str) -> str:
    """Return what somebody seems to have pasted, without repeating it."""
    known = sorted((prefix for prefix in KINDS if text.startswith(prefix)), key=len)
    if known:
        return KINDS[known[-1]]
    if not text:
        return "empty"
    if SECRET.fullmatch(text):
        return "a secret of the app, not a token"
    if re.fullmatch(r"\d+\.\d+", text):
        return "the app's client id"
    if re.fullmatch(r"[A-Za-z0-9]{24}", text):
        return "the app's old verification token"
    return "not what is asked for"


def check_channel(text: str) -> str:
    """Return the name of a channel, without the `#`."""
    name = text.strip().removeprefix("#")
    if not CHANNEL.fullmatch(name):
        raise Mistake(f"{text!r} is not a channel's name: small letters, digits, - and _, at most 80.")
    return name
