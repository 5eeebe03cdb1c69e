"""The methods there are. A method is a function from a call to the fields of its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from slack_sandbox.shapes import Json, words
from slack_sandbox.webapi.call import Call

Handler = Callable[[Call], Json]

TRANSPORT = words("""
    account_inactive fatal_error internal_error invalid_arguments invalid_auth invalid_charset invalid_form_data
    invalid_json invalid_post_type json_not_object missing_post_type missing_scope not_allowed_token_type
    not_authed ratelimited request_timeout service_unavailable token_expired token_revoked unknown_method
""")
"""What any method may be refused for: docs.slack.dev/apis/web-api. The rest stands on the method's own page."""


@dataclass(frozen=True)
class Method:
    """One method: what runs, and who may call it."""

    name: str
    run: Handler
    scopes: tuple[str, ...]
    """Any of these allows a bot token, or an app-level or configuration token where those are what it wants."""
    user_scopes: tuple[str, ...]
    """Any of these allows a user token."""
    tokens: frozenset[str]
    """Kinds of tokens that may call it: bot, user, app, config. Empty: it needs none."""
    errors: frozenset[str]
    """What it may be refused for, beside TRANSPORT."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """What the rules of the workspace call it -> what this method calls it."""

    def scopes_for(self, kind: str) -> tuple[str, ...]:
        """Those of which a token of this kind needs one."""
        return self.user_scopes if kind == "user" else self.scopes


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *scopes: str,
    user: str | None = None,
    tokens: str = "bot user",
    errors: str = "",
    instead: Mapping[str, str] | None = None,
) -> Callable[[Handler], Handler]:
    """Offer a function as `/api/<name>`.

    `scopes` are those of a bot token, `user` those of a user token where they differ; `tokens` the kinds that may call
    it, `errors` the names it may be refused with. Lists are words with spaces between.
    """
    user_scopes = scopes if user is None else tuple(user.split())

    def register(run: Handler) -> Handler:
        kinds, names = frozenset(tokens.split()), frozenset(errors.split())
        METHODS[name] = Method(name, run, scopes, user_scopes, kinds, names, instead or {})
        return run

    return register
