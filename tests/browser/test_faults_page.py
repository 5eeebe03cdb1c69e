"""The sandbox's page of what goes wrong."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from slack_sandbox.testing import wait_for
from tests.browser.conftest import DARK, DESKTOP, PHONE, Device, OpensChat, OpensWindow, picture
from tests.company import Company

pytestmark = pytest.mark.browser


@pytest.fixture
def page(window: OpensWindow, company: Company) -> Page:
    """The page, open."""
    return opened(window, company, DESKTOP)


def opened(window: OpensWindow, company: Company, device: Device) -> Page:
    page = window(device)
    page.goto(f"{company.sandbox.url}/faults")
    expect(page.get_by_role("button", name="Switch on")).to_be_visible()
    return page


def test_the_chat_leads_to_it(company: Company, opens: OpensChat) -> None:
    rae = opens(company.rae)
    rae.page.get_by_role("button", name=re.compile("Act as somebody else")).click()
    with rae.page.context.expect_page() as opening:
        rae.page.get_by_role("menuitem", name="What goes wrong").click()
    expect(opening.value.get_by_role("heading", name="What goes wrong", exact=True)).to_be_visible()


def test_a_fault_is_switched_on_and_off(company: Company, page: Page) -> None:
    page.get_by_label("Kind").select_option("ratelimit")
    page.get_by_label("Method").fill("chat.*")
    page.get_by_label("Channel", exact=True).fill("#general")
    page.get_by_label("Chance, 0 to 1").fill("0.25")
    page.get_by_label("Retry-After, seconds").fill("7")
    expect(page.get_by_label("Milliseconds")).to_be_hidden()
    page.get_by_role("button", name="Switch on").click()
    row = page.get_by_role("row", name=re.compile("^ratelimit"))
    expect(row).to_contain_text("#general")
    (fault,) = company.sandbox.faults()
    told = {name: fault[name] for name in ("kind", "match", "channel", "chance", "retry_after", "times")}
    assert told == {
        "kind": "ratelimit", "match": "chat.*", "channel": "general", "chance": 0.25, "retry_after": 7, "times": None
    }  # fmt: skip
    row.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Nothing goes wrong.", exact=True)).to_be_visible()
    assert company.sandbox.faults() == []


def test_what_makes_no_sense_is_not_switched_on(company: Company, page: Page) -> None:
    chance = page.get_by_label("Chance, 0 to 1")
    chance.fill("5")
    page.get_by_role("button", name="Switch on").click()
    expect(chance).to_be_focused()
    assert chance.evaluate("field => field.validity.rangeOverflow")
    assert company.sandbox.faults() == []


def test_limits_dice_time_and_apps_are_set(company: Company, page: Page) -> None:
    page.get_by_label("Limits of calls").select_option("distributed")
    wait_for(lambda: company.sandbox.settings()["limits"] == "distributed")
    page.get_by_label("Seed").fill("42")
    page.get_by_role("button", name="Throw the dice from the beginning").click()
    expect(page.get_by_role("status")).to_contain_text("from the beginning")
    before = company.sandbox.now()
    page.get_by_role("button", name="An hour").click()
    wait_for(lambda: company.sandbox.now() > before + 3500)
    page.get_by_role("button", name="Use WebSockets: Response").click()
    expect(page.get_by_role("row", name=re.compile("^Response WebSocket 0"))).to_be_visible()
    page.get_by_role("button", name="Use HTTP: Response").click()
    expect(page.get_by_role("row", name=re.compile("^Response HTTP"))).to_be_visible()


def test_what_happened_is_counted(company: Company, page: Page) -> None:
    company.open_channel(company.declare())
    calls = page.get_by_role("table", name="Calls by method")
    expect(calls.get_by_role("row", name=re.compile("^chat.postMessage"))).to_be_visible()
    expect(page.get_by_role("table", name="What became of events")).to_contain_text("delivered")


@pytest.mark.parametrize("device", [DESKTOP, DARK, PHONE], ids=["desktop", "dark", "phone"])
def test_it_is_readable(window: OpensWindow, company: Company, device: Device, request: pytest.FixtureRequest) -> None:
    company.sandbox.fault("latency", "chat.*", ms=20, chance=0.5)
    company.sandbox.fault("event_doubled", "message", channel="incidents", times=3)
    company.open_channel(company.declare())
    page = opened(window, company, device)
    expect(page.get_by_role("row", name=re.compile("^latency"))).to_be_visible()
    picture(page, request.node.name, full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, "nothing needs scrolling sideways but tables in themselves"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
