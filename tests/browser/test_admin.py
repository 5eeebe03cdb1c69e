"""The admin, on a desk and on a phone."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpensWindow, picture
from tests.company import Company

pytestmark = pytest.mark.browser

LISTS = ("incident", "timelineevent", "delivery", "inboundrequest", "handling", "person")


def test_the_admin_fits_the_window_and_leads_back_to_the_pages(company: Company, window: OpensWindow) -> None:
    company.open_channel(company.declare("Payments are failing", Severity="Major"))
    page = window()
    sign_in(page, company.url)
    for look, device in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(device["viewport"])
        page.goto(f"{company.url}/admin/")
        fits(page, f"admin-{look}")
        for name in LISTS:
            page.goto(f"{company.url}/admin/response/{name}/")
            fits(page, f"admin-{name}-{look}")
        page.goto(f"{company.url}/admin/response/incident/1/change/")
        fits(page, f"admin-change-{look}")
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_role("heading", level=1, name="Payments are failing")).to_be_visible()


def sign_in(page: Page, url: str) -> None:
    """Be a superuser in this window."""
    client = Client()
    ada, _ = User.objects.get_or_create(username="ada", defaults={"is_staff": True, "is_superuser": True})
    client.force_login(ada)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def fits(page: Page, name: str) -> None:
    """Nothing of a page hangs over the side of its window."""
    picture(page, name, full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
