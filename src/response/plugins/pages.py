"""Who may open a page. A page that says nothing is for members, and so is every page of a plugin.

Inside a page, `request.visitor` says who looks at it (`response.core.access.Visitor`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from response.core.access import Role

View = TypeVar("View", bound=Callable[..., Any])


def opens_to(role: Role) -> Callable[[View], View]:
    """Return the decorator of a page for people of this role and above."""

    def mark(view: View) -> View:
        view.opens_to = role  # type: ignore[attr-defined]  # project/gate.py reads it
        return view

    return mark


for_anybody = opens_to(Role.NOBODY)
"""For whoever reaches it, signed in or not: nothing is asked."""

for_readers = opens_to(Role.READER)
"""For members, and where RESPONSE_LOGIN_REQUIRED=false for whoever reaches it. Only members send it forms."""

for_operators = opens_to(Role.OPERATOR)
"""For operators alone."""
