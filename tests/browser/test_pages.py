"""Response's own pages: on a desk, on a phone, in the dark, on paper."""

from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from response.core.models import Incident
from slack_sandbox.testing import Room
from tests.browser.conftest import DESKTOP, PHONE, PICTURES, OpensWindow, picture, signs_in
from tests.company import Company

pytestmark = pytest.mark.browser

LOOKS: tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...] = (
    ("desktop", DESKTOP["viewport"], "light"),
    ("dark", DESKTOP["viewport"], "dark"),
    ("phone", PHONE["viewport"], "light"),
)


def test_home_and_document_read_well_everywhere(company: Company, window: OpensWindow) -> None:
    record(company)
    page = window()
    signs_in(page, company, company.lee)
    for look, size, colours in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        page.goto(company.url)
        expect(page.get_by_role("heading", name="Incidents", exact=True)).to_be_visible()
        fits(page, f"home-{look}")
        page.get_by_role("link", name="Payments are failing").click()
        expect(page.get_by_role("heading", level=1, name="Payments are failing")).to_be_visible()
        fits(page, f"document-{look}")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots per inch
    page.emulate_media(color_scheme="light", media="print")
    fits(page, "document-print")
    page.goto(f"{company.url}/incident/2/?entries=all")
    assert page.pdf(path=PICTURES / "document.pdf", format="A4").startswith(b"%PDF")


def test_what_is_not_there_is_said_kindly(company: Company, window: OpensWindow) -> None:
    page = window(PHONE)
    signs_in(page, company, company.lee)
    page.goto(company.url)
    expect(page.get_by_text("Nothing is broken that we know of.")).to_be_visible()
    fits(page, "home-empty")


def fits(page: Page, name: str) -> None:
    """Nothing of a page hangs over the side of its window."""
    picture(page, name, full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def record(company: Company) -> None:
    """Two incidents, one of them with all that a document can show."""
    company.declare("Search is slow <https://example.org/graph|graph>", Severity="Trivial")
    incident = company.declare(
        "Payments are failing in the checkout of every shop that still uses the old card form",
        Severity="Major",
        Lead="ULEE",
        Summary="Card payments fail since the *14:00 deploy*.\n• retries do not help\n• `gateway_timeout` is 2 s now",
        Impact="One card in five is declined. <@ULEE> asks support to answer with https://status.example.org/a-very-long-"
        + "address/" * 12,
    )
    fill(company, company.open_channel(incident))


def fill(company: Company, room: Room) -> None:
    company.asks(company.bo, room, "severity critical")
    for who, text in (
        (company.rae, "Customers write that their card is *declined* :rotating_light:"),
        (company.lee, "```\nERROR gateway timed out after 2000 ms\nERROR gateway timed out after 2000 ms\n```"),
        (company.lee, "&gt; The deploy changed the timeout\nI am rolling it back: <https://example.org/7|deploy 7>."),
    ):
        company.bo.pins(who.says(room, text))
    company.workspace.wait_for(lambda: Incident.objects.get(pk=2).events.filter(event_type="slack_pin").count() == 3)
    company.lee.presses("close-incident-button", in_message=company.headline(1))
    company.settled()
