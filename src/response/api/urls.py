"""The addresses of the API, and the page that describes it."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger

from response import __version__
from response.api import actions, errors, incidents, people, timeline
from response.api.auth import ByToken, on_behalf
from response.plugins.pages import for_anybody, for_operators

DESCRIPTION = """\
The record of incidents, to read and to write. Everything written here leaves the same trace as in Slack, by the person
that the token acts as, and Slack is told of it.

* `response create-token <name> --as <Slack id or e-mail>` makes a token; send it as `Authorization: Bearer …`.
* Times are UTC; a time that is sent needs its zone.
* A list has `items` and `next`. Send `next` as `cursor` to go on; it is null on the last page.
* A request that is refused gets a `detail` in a sentence, and `errors` that name the fields.
"""

api = NinjaAPI(
    title="Response",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    auth=ByToken(),
    docs_decorator=for_operators,
    # Without the validator's badge, which would tell another host the address of this one.
    docs=Swagger({"validatorUrl": None, "persistAuthorization": True, "tryItOutEnabled": True}),
)
api.add_decorator(on_behalf)
errors.listen(api)
api.add_router("/incidents", incidents.router)
api.add_router("", actions.router)
api.add_router("/incidents", timeline.router)
api.add_router("/people", people.router)


def behind_tokens(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Have the gate of the pages let requests through: each operation asks for a token."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name not in {"openapi-json", "openapi-view"}:
            for_anybody(pattern.callback)


operations = api.urls
behind_tokens(operations[0])
urlpatterns = [path("", operations), re_path("", for_anybody(errors.missing))]
