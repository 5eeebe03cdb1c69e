"""Who is asking: whoever the token acts as. A token opens what its person may do, and never more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from response.api.models import ApiToken
from response.core import access, changes
from response.core.access import Visitor
from response.core.models import Person

Operation = Callable[..., Any]

OUTSIDE = "Whom this token acts as is not, or no longer, a member of the workspace."


class ByToken(HttpBearer):
    """Let requests in that carry a token which was not revoked, of somebody who is a member still."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:  # noqa: ARG002 - ninja's signature
        found = ApiToken.objects.behind(token)
        if found is None:
            return None
        if not access.may_act(access.visitor(found.person)):
            raise HttpError(403, OUTSIDE)
        found.note_use()
        return found


def who(request: HttpRequest) -> Person:
    """Return the person that the request acts as."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # ninja's
    person: Person = token.person
    return person


def visitor(request: HttpRequest) -> Visitor:
    """Return what the person that the request acts as is here."""
    return access.visitor(who(request))


def on_behalf(operation: Operation) -> Operation:
    """Have everything that an operation writes down say who did it, and that it came from here."""

    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with changes.acting(who(request), via="api"):
            return operation(request, *args, **kwargs)

    return run
