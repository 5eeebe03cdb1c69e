"""The whole path as a person walks it, with mouse or thumb, from `/incident` to the document."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Device, OpensChat, picture
from tests.browser.screen import Screen
from tests.company import Company

pytestmark = pytest.mark.browser

REPORT = "Payments are failing"


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_the_command_to_the_document(
    company: Company, opens: OpensChat, device: Device, request: pytest.FixtureRequest
) -> None:
    look = request.node.callspec.id
    rae = opens(company.rae, device)
    report_something(rae, look)
    get_together(rae)
    picture(rae.page, f"channel-{look}")
    say_how_bad_it_is(rae)
    picture(rae.page, f"commands-{look}")
    keep_what_matters(rae)
    close(rae)
    picture(rae.page, f"closed-{look}")
    read_the_document(rae)


def report_something(rae: Screen, look: str) -> None:
    rae.writes(f"/incident {REPORT}")
    expect(rae.field("Report")).to_have_value(REPORT)
    expect(rae.form.get_by_role("heading", name="Report an Incident")).to_be_visible()
    rae.field("Report").fill("   ")
    rae.press("Report", rae.form)
    expect(rae.field("Report")).to_have_attribute("aria-invalid", "true")
    expect(rae.form.get_by_text("Please complete this required field.")).to_be_visible()
    picture(rae.page, f"form-{look}")
    rae.field("Report").fill(REPORT)
    rae.picks("Lead", "Lee Leader")
    rae.picks("Severity", "Major")
    rae.submits("Report")
    rae.sees("Thank you for reporting this", "Only visible to you")
    rae.goes_to("incidents")
    headline = rae.sees(REPORT, "Severity: Major", "Status: Live")
    for button in ("Create Comms Channel", "Edit", "Close"):
        expect(headline.get_by_role("button", name=button)).to_be_visible()
    picture(rae.page, f"headline-{look}")


def get_together(rae: Screen) -> None:
    rae.press("Create Comms Channel", rae.message(REPORT))
    headline = rae.sees(REPORT, "Comms Channel:")
    expect(headline.get_by_role("button", name="Create Comms Channel")).to_have_count(0)
    headline.get_by_role("link", name="inc-101").click()
    rae.is_in("inc-101")
    rae.sees("Pinned", REPORT, "nobody has said yet")


def say_how_bad_it_is(rae: Screen) -> None:
    rae.goes_to("incidents")
    rae.press("Edit", rae.message(REPORT))
    expect(rae.field("Report")).to_have_value(REPORT)
    expect(rae.form.get_by_role("combobox", name="Lead")).to_contain_text("Lee Leader")
    rae.field("Summary").fill("Card payments fail since the 14:00 deploy.")
    rae.submits("Save")
    rae.goes_to("inc-101")
    rae.sees("Pinned", "since the 14:00 deploy")
    rae.mentions("severity critical")
    rae.sees("Severity is now Critical.")
    rae.sees_reaction("white_check_mark", "severity critical")
    rae.writes("@incident sumary is this")
    rae.sees("Did you mean summary?", "Only visible to you")
    rae.sees_reaction("question", "sumary is this")


def keep_what_matters(rae: Screen) -> None:
    rae.writes("The deploy changed the *timeout* of the gateway.")
    said = rae.sees("The deploy changed")
    rae.chooses("Pin to channel", said)
    expect(said.get_by_text("Pinned")).to_be_visible()
    rae.goes_to("incidents")
    document = rae.opens_document(rae.sees(REPORT, "Severity: Critical"))
    entry = document.get_by_role("listitem").filter(has_text="The deploy changed")
    expect(entry).to_contain_text(re.compile("rae", re.IGNORECASE))  # her full name follows from Slack
    expect(entry.locator("strong")).to_have_text("timeout")
    rae.page.bring_to_front()
    rae.goes_to("inc-101")
    rae.chooses("Unpin from channel", said)
    expect(said.get_by_text("Pinned")).to_have_count(0)
    rae.company.sandbox.settle()  # what the sandbox still sends
    rae.company.settled()
    document.reload()
    expect(entry).to_have_count(0)
    document.close()
    rae.chooses("Pin to channel", said)
    expect(said.get_by_text("Pinned")).to_be_visible()


def close(rae: Screen) -> None:
    rae.goes_to("incidents")
    rae.press("Close", rae.message(REPORT))
    headline = rae.sees(REPORT, "Status: Resolved")
    expect(headline.get_by_role("button", name=re.compile("Close|Edit|Create"))).to_have_count(0)
    rae.goes_to("inc-101")
    rae.sees("This incident is resolved")
    rae.company.sandbox.settle()  # what the sandbox still sends
    rae.company.settled()


def read_the_document(rae: Screen) -> None:
    rae.goes_to("incidents")
    document = rae.opens_document(rae.message(REPORT))
    expect(document.get_by_role("heading", level=1, name=REPORT)).to_be_visible()
    shown = document.get_by_role("main")
    for words in ("Resolved", "Critical", "Lee Leader", "Rae Reporter", "since the 14:00 deploy", "The deploy changed"):
        expect(shown).to_contain_text(words)
