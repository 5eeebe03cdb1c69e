"""What happens shows in every window without a reload."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import DARK, OpensChat
from tests.company import Company

pytestmark = pytest.mark.browser


def test_a_second_person_sees_it_happen(company: Company, opens: OpensChat) -> None:
    bo, rae = opens(company.bo, DARK), opens(company.rae)
    bo.goes_to("incidents")
    bo.page.evaluate("window.wasNeverReloaded = true")
    rae.writes("/incident Payments are failing")
    rae.submits("Report")
    bo.sees("Payments are failing", "Status: Live")
    headline = bo.message("Payments are failing")
    rae.goes_to("incidents")
    rae.press("Edit", rae.sees("Payments are failing"))
    rae.picks("Severity", "Minor")
    rae.submits("Save")
    expect(headline).to_contain_text("Severity: Minor")
    bo.press("Create Comms Channel", headline)
    expect(headline).to_contain_text("Comms Channel: #inc-101")
    for screen in (bo, rae):
        expect(screen.in_list("inc-101")).to_be_visible()
    rae.press("Close", rae.message("Payments are failing"))
    expect(headline).to_contain_text("Status: Resolved")
    assert bo.page.evaluate("window.wasNeverReloaded")


def test_an_outsider_sees_nothing_of_it(company: Company, opens: OpensChat) -> None:
    oz = opens(company.oz)
    company.declare()
    company.rae.says(company.general, "Lunch?")
    oz.sees("Lunch?")
    expect(oz.message("Payments")).to_have_count(0)
    expect(oz.message("Thank you")).to_have_count(0)


def test_what_changes_while_a_channel_loads_is_shown(company: Company, opens: OpensChat) -> None:
    said = company.bo.says(company.incidents, "Look at this")
    rae = opens(company.rae)

    def pin_meanwhile(route: Route) -> None:
        history = route.fetch()
        company.bo.pins(said)
        expect(rae.page.get_by_role("button", name="Pinned messages, 1")).to_be_visible()
        route.fulfill(response=history)

    rae.page.route("**/client/history*", pin_meanwhile)
    rae.goes_to("incidents")
    rae.sees("Pinned", "Look at this")
