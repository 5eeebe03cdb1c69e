"""Signing in, in a real browser: it works, it can be used by everybody, and no page does what its policy forbids."""

import io
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Page, expect

from response.core.models import Person
from tests.browser.conftest import OpensWindow, is_usable, picture, signs_in
from tests.company import Company

pytestmark = pytest.mark.browser


def test_a_member_signs_in_with_slack(company: Company, window: OpensWindow) -> None:
    incident = company.declare()
    page = window()
    page.goto(f"{company.url}/incident/{incident.pk}/")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    is_usable(page, "sign-in")
    page.get_by_role("link", name="Sign in with Slack").click()
    expect(page.get_by_role("heading", level=1, name="Response")).to_be_visible()
    is_usable(page, "sign-in-at-slack")
    page.get_by_role("button", name="Lee").click()
    expect(page.get_by_role("heading", level=1, name="Payments are failing")).to_be_visible()
    assert urlsplit(page.url).path == f"/incident/{incident.pk}/"
    expect(page.get_by_role("banner").get_by_text("Lee Leader")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()


def test_a_guest_is_told_that_it_is_not_for_them(company: Company, window: OpensWindow) -> None:
    incident = company.declare()
    page = window(expected=["status of 403"])
    page.goto(f"{company.url}/accounts/with/slack/")
    page.get_by_role("button", name="Oz").click()
    expect(page.get_by_role("alert")).to_contain_text("belongs to a guest")
    is_usable(page, "not-let-in")
    signs_in(page, company, company.oz)
    page.goto(f"{company.url}/incident/{incident.pk}/")
    expect(page.get_by_role("heading", level=1, name="You may not open this")).to_be_visible()
    is_usable(page, "not-for-you")


def test_in_a_demo_a_press_is_enough(company: Company, window: OpensWindow) -> None:
    incident = company.declare()
    page = window()
    with override_settings(DEMO_SIGN_IN=True):
        page.goto(f"{company.url}/incident/{incident.pk}/")
        is_usable(page, "sign-in-demo")
        page.get_by_role("button", name="Rae Reporter").click()
        expect(page.get_by_role("heading", level=1, name="Payments are failing")).to_be_visible()


def test_a_link_opens_an_account_once(company: Company, window: OpensWindow) -> None:
    out = io.StringIO()
    call_command("add_account", "mo", full_name="Mo Night", stdout=out, stderr=io.StringIO())
    page = window()
    page.goto(out.getvalue().strip())
    is_usable(page, "welcome")
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password confirmation").fill("short")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_text("This password is too short")).to_be_visible()
    is_usable(page, "welcome-mistake")
    page.get_by_label("New password", exact=True).fill("a long night shift")
    page.get_by_label("New password confirmation").fill("a long night shift")
    page.get_by_role("button", name="Save and sign in").click()
    page.get_by_role("link", name="Mo Night").click()
    expect(page.get_by_role("heading", level=1, name="Change the password")).to_be_visible()
    is_usable(page, "password")
    page.goto(out.getvalue().strip())
    expect(page.get_by_role("alert")).to_contain_text("It worked once")
    is_usable(page, "welcome-used-up")
    page.context.clear_cookies()
    page.goto(f"{company.url}/accounts/login/")
    page.get_by_label("Name").fill("mo")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not correct")
    is_usable(page, "sign-in-mistake")


def test_no_page_does_what_its_policy_forbids(company: Company, window: OpensWindow) -> None:
    """The window fails the test for whatever its console says."""
    incident = company.declare()
    page = window()
    as_operator(page, company)
    addresses = ["/", f"/incident/{incident.pk}/", "/admin/", "/admin/response/incident/"]
    addresses += [f"/admin/response/incident/{incident.pk}/change/", "/admin/auth/user/add/", "/accounts/password/"]
    for address in addresses:
        page.goto(company.url + address)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.goto(f"{company.url}/api/docs")
    page.get_by_text("Declare an incident").click()
    expect(page.get_by_text("Request body").first).to_be_visible()
    picture(page, "api-docs")


def as_operator(page: Page, company: Company) -> None:
    """Have an operator signed in."""
    boss = User.objects.create_superuser("boss", first_name="Mo", last_name="Operator")
    Person.objects.create(app_id="web", external_id=str(boss.pk), owner=boss, full_name="Mo Operator")
    client = Client()
    client.force_login(boss)
    cookies = [{"name": name, "value": each.value, "url": company.url} for name, each in client.cookies.items()]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
