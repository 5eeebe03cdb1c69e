"""Declaring an incident without a mouse."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpensChat
from tests.browser.screen import Screen
from tests.company import Company

pytestmark = pytest.mark.browser


def test_an_incident_is_declared_by_keyboard_alone(company: Company, opens: OpensChat) -> None:
    rae = opens(company.rae)
    keys = rae.page.keyboard
    expect(rae.composer).to_be_focused()
    keys.type("/incident Payments are failing")
    keys.press("Enter")
    expect(rae.field("Report")).to_be_focused()
    keys.press("Control+A")
    keys.press("Delete")
    keys.press("Enter")
    expect(rae.field("Report")).to_be_focused()
    expect(rae.field("Report")).to_have_attribute("aria-invalid", "true")
    keys.type("Payments are failing")
    press_until(rae, "Tab", rae.form.get_by_role("combobox", name="Lead"))
    keys.press("Enter")
    keys.type("lee")
    keys.press("Enter")
    press_until(rae, "Tab", rae.form.get_by_role("combobox", name="Severity"))
    keys.press("ArrowDown")
    expect(rae.page.get_by_role("option", name="Critical")).to_be_visible()
    keys.press("m")
    keys.press("Enter")
    press_until(rae, "Tab", rae.form.get_by_role("checkbox"))
    keys.press("Space")
    keys.press("Control+Enter")
    expect(rae.form).to_be_hidden()
    expect(rae.composer).to_be_focused()
    rae.sees("Thank you for reporting this")
    headline = company.headline()
    assert (company.lee.mention in headline.all_text, "Severity: Major" in headline.all_text) == (True, True)
    assert company.workspace.find_channel("inc-101")


def test_the_channel_is_reached_and_opened_by_keyboard_alone(company: Company, opens: OpensChat) -> None:
    rae = opens(company.rae)
    company.declare()
    keys = rae.page.keyboard
    keys.press("Control+K")
    keys.type("incidents")
    keys.press("Enter")
    rae.is_in("incidents")
    headline = rae.sees("Payments are failing")
    press_until(rae, "Shift+Tab", headline.get_by_role("button", name="Create Comms Channel"))
    keys.press("Enter")
    expect(headline).to_contain_text("Comms Channel: #inc-101")


def press_until(screen: Screen, key: str, target: Locator) -> None:
    """Press a key until something has the focus; it must not be far."""
    for _ in range(30):
        if target.evaluate("each => each === document.activeElement"):
            return
        screen.page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}")
