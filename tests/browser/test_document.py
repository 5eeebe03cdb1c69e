"""The document lives: what happens shows without a reload, and everything can be done on it, by script and without."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from response.core import actions
from response.core.models import Incident, Person
from slack_sandbox.testing import Actor, Room
from tests.browser.conftest import DESKTOP, PHONE, Device, OpensWindow, picture, signs_in
from tests.company import Company

pytestmark = pytest.mark.browser

DEVICES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
WITHOUT_SCRIPTS: Device = {**DESKTOP, "java_script_enabled": False}


def document(company: Company, page: Page, who: Actor, incident: Incident) -> Page:
    """Have somebody look at an incident's document."""
    signs_in(page, company, who)
    page.goto(f"{company.url}/incident/{incident.pk}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("window.wasNeverReloaded = true")
    return page


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{name}"))


def entry(page: Page, text: str) -> Locator:
    """What an entry of the timeline says."""
    return section(page, "Timeline").locator(".prose").get_by_text(text)


def is_where_it_was(page: Page, place: Locator, top: float) -> bool:
    return abs(place.bounding_box()["y"] - top) < 2  # type: ignore[index]


def somebody(who: Actor) -> Person:
    return Person.objects.known_as(who.id)


@DEVICES
def test_what_happens_in_slack_shows_within_two_seconds(
    company: Company, channel: Room, window: OpensWindow, device: Device
) -> None:
    incident = Incident.objects.get()
    page = document(company, window(device), company.lee, incident)
    for text in ("Customers call", "The queue is *full*"):
        said = company.rae.says(channel, text)
        company.bo.pins(said)
        began = time.monotonic()
        expect(entry(page, text.replace("*", ""))).to_be_visible(timeout=5000)
        assert time.monotonic() - began < 2
    company.asks(company.bo, channel, "severity critical")
    expect(page.get_by_text("Critical").first).to_be_visible()
    company.asks(company.bo, channel, f"lead <@{company.bo.id}>")
    expect(page.get_by_role("link", name="Bo Watcher").first).to_be_visible()
    company.asks(company.bo, channel, "action Tell support")
    expect(section(page, "Actions").locator(".prose").get_by_text("Tell support")).to_be_visible()
    company.asks(company.bo, channel, "close")
    expect(page.get_by_text("Resolved").first).to_be_visible()
    assert page.evaluate("window.wasNeverReloaded")


@DEVICES
def test_half_typed_text_and_the_place_one_reads_stay(
    company: Company, incident: Incident, window: OpensWindow, device: Device
) -> None:
    rae = somebody(company.rae)
    for number in range(30):
        actions.add_to_timeline(incident, f"Note {number}", by=rae)
    page = document(company, window(device), company.lee, incident)
    note = section(page, "Timeline").get_by_label("What happened")
    note.fill("Half a sen")
    read = entry(page, "Note 29")
    note.focus()
    read.scroll_into_view_if_needed()
    top = read.bounding_box()["y"]  # type: ignore[index]
    actions.set_summary(incident, "A long story\n" * 20, by=rae)
    actions.add_action(incident, "Tell support", by=rae)
    expect(section(page, "Summary")).to_contain_text("A long story")
    expect(section(page, "Actions")).to_contain_text("Tell support")
    assert is_where_it_was(page, read, top)
    actions.add_to_timeline(incident, "Note 30", by=rae)
    expect(entry(page, "Note 30")).to_be_visible()
    expect(note).to_have_value("Half a sen")
    expect(note).to_be_focused()
    assert page.evaluate("window.wasNeverReloaded")


def test_who_writes_second_sees_what_the_first_wrote_and_chooses(
    company: Company, incident: Incident, window: OpensWindow
) -> None:
    page = document(company, window(), company.lee, incident)
    page.get_by_role("link", name="Edit the summary").click()
    summary = page.get_by_role("textbox", name="Summary")
    expect(summary).to_be_focused()
    summary.fill("Lee's words")
    actions.set_summary(incident, "Rae's words", by=somebody(company.rae))
    expect(page.get_by_text("Changed meanwhile. It says now: Rae's words")).to_be_visible()
    expect(summary).to_have_value("Lee's words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Rae Reporter has changed this while you were writing.")).to_be_visible()
    expect(summary).to_have_value("Lee's words")
    picture(page, "document-conflict")
    assert Incident.objects.get().summary == "Rae's words"
    page.get_by_role("button", name="Replace it with mine").click()
    expect(section(page, "Summary")).to_have_text(re.compile("Lee's words"))
    expect(summary).to_have_count(0)
    expect(page.get_by_role("link", name="Edit the summary")).to_be_focused()
    page.get_by_role("link", name="Edit the summary").click()
    summary.fill("Something else")
    page.keyboard.press("Escape")
    expect(summary).to_have_count(0)
    assert Incident.objects.get().summary == "Lee's words"
    assert page.evaluate("window.wasNeverReloaded")


@DEVICES
def test_everything_is_done_on_the_document(
    company: Company, incident: Incident, window: OpensWindow, device: Device, request: pytest.FixtureRequest
) -> None:
    page = document(company, window(device), company.lee, incident)
    edits(page)
    acts(page)
    picture(page, f"document-{request.node.callspec.id}-done", full_page=True)
    lives(company, page)
    assert page.evaluate("window.wasNeverReloaded")
    assert {event.author for event in incident.events.filter(via="web")} == {somebody(company.lee)}


def test_everything_is_done_without_scripts(company: Company, incident: Incident, window: OpensWindow) -> None:
    page = window(WITHOUT_SCRIPTS)
    signs_in(page, company, company.lee)
    page.goto(f"{company.url}/incident/{incident.pk}/")
    edits(page)
    acts(page)
    lives(company, page)
    page.get_by_role("link", name="Declare").click()
    page.get_by_label("Report").fill("Search is slow")
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_text("Thank you for reporting this.")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Search is slow")).to_be_visible()


def edits(page: Page) -> None:
    """Change every field."""
    values = {"report": "Payments fail", "impact": "Some", "lead": "Rae Reporter"}
    for what, text in values.items():
        label = what.capitalize()
        page.get_by_role("link", name=f"Edit the {what}").click()
        page.locator("form").get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="Save").click()
        expect(page.locator("form").get_by_label(label, exact=True)).to_have_count(0)
        expect(page.locator("main").get_by_text(text, exact=True).first).to_be_visible()
    page.get_by_role("link", name="Edit the severity").click()
    page.locator("form").get_by_label("Severity", exact=True).select_option("Major")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("header .badge").get_by_text("Major")).to_be_visible()
    page.get_by_role("link", name="Edit the times").click()
    page.get_by_label("Started").fill("2026-01-31T14:00:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Started 31 Jan 2026, 14:00:00")).to_be_visible()


def acts(page: Page) -> None:
    """Note actions and what happened, and change them."""
    todo, timeline = section(page, "Actions"), section(page, "Timeline")
    page.get_by_label("What is to be done").fill("Tell support")
    page.get_by_role("button", name="Add the action").click()
    expect(todo.locator(".prose").get_by_text("Tell support")).to_be_visible()
    expect(page.get_by_label("What is to be done")).to_have_value("")
    todo.get_by_role("button", name="I’ll take it").click()
    expect(todo.get_by_role("link", name="Lee Leader")).to_be_visible()
    todo.get_by_role("link", name=re.compile("^Edit ?: Tell support")).click()
    page.get_by_label("Priority").select_option("High")
    page.get_by_role("button", name="Save").click()
    expect(todo.get_by_text("High priority")).to_be_visible()
    todo.get_by_role("button", name="Mark as done: Tell support").click()
    expect(todo.get_by_role("button", name="Mark as to do: Tell support")).to_be_visible()
    page.get_by_role("button", name="Add to the timeline").click()
    if page.evaluate("document.activeElement?.matches(':invalid')"):
        page.get_by_label("What happened").fill("Rolled back")
    page.get_by_label("When, unless now").fill("2026-01-31T14:05:00")
    page.get_by_role("button", name="Add to the timeline").click()
    expect(entry(page, "Rolled back")).to_be_visible()
    expect(timeline.get_by_role("heading", name="Saturday, 31 January 2026")).to_be_visible()
    timeline.get_by_role("link", name="Edit the note of 14:05:00").click()
    page.get_by_role("form", name="Change a note").get_by_label("What happened").fill("Rolled back by hand")
    page.get_by_role("button", name="Save").click()
    expect(entry(page, "Rolled back by hand")).to_be_visible()
    timeline.get_by_role("button", name="Hide the entry of 14:05:00").click()
    expect(entry(page, "Rolled back by hand")).to_have_count(0)


def lives(company: Company, page: Page) -> None:
    """Open a channel, close, reopen."""
    page.get_by_role("button", name="Open a channel").click()
    expect(page.get_by_text("is being made").or_(page.get_by_role("link", name="#inc-101"))).to_be_visible()
    assert company.workspace.find_channel("inc-101")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("header .badge").get_by_text("Resolved")).to_be_visible()
    company.workspace.wait_for(lambda: "Status: Resolved" in company.headline().all_text)
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator("header .badge").get_by_text("Live")).to_be_visible()
