"""The pages, the admin, and that the migrations are complete."""

import pytest
from django.core.management import call_command

from response.core.models import Incident, Person
from response.plugins.testing import Actor, Company
from runbook_keeper import shelf
from runbook_keeper.models import Runbook


def test_the_pages_show_runbooks_and_where_they_were_used(
    company: Company, lee: Actor, incident: Incident, payments: Runbook
) -> None:
    cards = Runbook.objects.create(name="<Cards>", text="1. *Breathe* & <https://a.example|look>")
    shelf.attach(cards, incident, by=Person.objects.known_as(lee.id))
    browser = company.browser(lee)
    listed = browser.get("/plugins/runbook_keeper/").content.decode()
    assert "Payments</a>" in listed
    assert "&lt;Cards&gt;</a>" in listed
    shown = browser.get(cards.get_absolute_url()).content.decode()
    assert '<strong>Breathe</strong> &amp; <a href="https://a.example"' in shown
    assert "Payments are failing" in shown
    assert browser.get("/plugins/runbook_keeper/9/").status_code == 404


def test_the_admin_keeps_phrases(company: Company, lee: Actor, payments: Runbook) -> None:
    browser = company.browser(lee, is_staff=True)
    found = browser.get("/admin/runbook_keeper/runbook/?q=card+gateway").content.decode()
    assert "Payments" in found
    page = f"/admin/runbook_keeper/runbook/{payments.pk}/change/"
    browser.post(page, {"name": "Payments", "phrases": "wallet", "url": payments.url, "text": ""})
    payments.refresh_from_db()
    assert payments.phrase_list() == ["wallet"]


def test_what_was_attached_is_only_read_in_the_admin(
    company: Company, lee: Actor, incident: Incident, payments: Runbook
) -> None:
    shelf.attach(payments, incident, by=Person.objects.known_as(lee.id))
    browser = company.browser(lee, is_staff=True)
    assert "Payments" in browser.get("/admin/runbook_keeper/attachment/").content.decode()
    assert browser.get("/admin/runbook_keeper/attachment/add/").status_code == 403


@pytest.mark.usefixtures("company")
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "runbook_keeper", check=True, dry_run=True, verbosity=0)
