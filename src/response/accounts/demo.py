"""A demo's way in: press a name and be that person. Settings that could be a real installation's refuse to start so."""

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.views.decorators.http import require_POST

from response.accounts.linking import account_of
from response.core.models import Person
from response.plugins.pages import for_anybody

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def people() -> QuerySet[Person]:
    """Return whom one can be in this demo; outside of one, nobody."""
    if not settings.DEMO_SIGN_IN:
        return Person.objects.none()
    return Person.objects.filter(app_id="slack", is_bot=False, deleted=False).select_related("owner").order_by("pk")


@for_anybody
@require_POST
def be(request: HttpRequest, person_id: int) -> HttpResponse:
    """Be somebody, in a demo."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    account = account_of(get_object_or_404(people(), pk=person_id))
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect(get_next_redirect_url(request) or resolve_url("home"))
