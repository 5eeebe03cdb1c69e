"""The methods there are. A method is a function from a call to the fields of its answer."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_sandbox.shapes import Json
from slack_sandbox.webapi.call import Call

Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """One method: what runs, and the scopes any of which allows it."""

    name: str
    run: Handler
    scopes: tuple[str, ...]
    needs_token: bool
    is_app_level: bool = False
    """Whether it wants the app's own token, `xapp-…`, in the header."""


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, needs_token: bool = True, app_level: bool = False) -> Callable[[Handler], Handler]:
    """Offer a function as `/api/<name>` to tokens with at least one of `scopes`."""

    def register(run: Handler) -> Handler:
        METHODS[name] = Method(name, run, scopes, needs_token, app_level)
        return run

    return register
