"""Looks at every page of an upgraded database, and goes on with it. Run by the test, with that database's settings."""

import sys

import django

django.setup()

from django.contrib import admin  # noqa: E402 - Django has to be set up
from django.contrib.auth.models import User  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from response.core import actions  # noqa: E402
from response.core.models import Incident, Person  # noqa: E402


def paths() -> list[str]:
    """Return what can be looked at."""
    admin.autodiscover()
    found = ["/", "/incidents/", "/incidents/?q=payments", "/people/", "/operations/", "/admin/"]
    for incident in Incident.objects.all():
        found += [
            f"/incident/{incident.pk}/{part}" for part in ("", "?show=everything", "incident.md", "incident.json")
        ]
    found += [f"/people/{person.pk}/" for person in Person.objects.all()]
    for model in admin.site._registry:
        place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        found += [place, *(f"{place}{key}/change/" for key in model._base_manager.values_list("pk", flat=True)[:3])]
    return found


def look(browser: Client) -> list[str]:
    """Return what cannot be looked at."""
    answers = {path: browser.get(path).status_code for path in paths()}
    print(f"{len(answers)} pages")
    return [f"{path}: {status}" for path, status in answers.items() if status != 200]


def go_on() -> None:
    """Declare and close one more, by whoever was there before, and take it back."""
    with transaction.atomic():
        last = Incident.objects.order_by("-pk")[0]
        one = actions.declare("After the upgrade", by=last.reporter)
        assert one.number > last.number
        actions.add_action(one, "Look at everything", by=last.reporter)
        assert actions.close(one, by=last.reporter)
        transaction.set_rollback(True)


if __name__ == "__main__":
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(User.objects.get(username="mo"))
    go_on()
    sys.exit("\n".join(look(browser)) or 0)
