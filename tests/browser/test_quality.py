"""Every page, for everybody: WCAG 2.2 AA as axe checks it, by keyboard, at 360 pixels, light and dark, no jumps."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from response.core import actions
from response.core.models import Action, Incident, Person, TimelineEvent
from tests.browser.conftest import DESKTOP, Device, OpensWindow, signs_in
from tests.browser.test_pages import fits, record
from tests.company import Company

pytestmark = pytest.mark.browser

NARROW: Device = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True}
LOOKS: dict[str, Device] = {
    "desktop-light": DESKTOP,
    "desktop-dark": {**DESKTOP, "color_scheme": "dark"},
    "phone-light": NARROW,
    "phone-dark": {**NARROW, "color_scheme": "dark"},
}
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
SHIFTS = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(0), 500);
})"""


def addresses(company: Company) -> dict[str, str]:
    """Every page there is, with something on it."""
    record(company)
    incident = Incident.objects.get(pk=2)
    rae = Person.objects.known_as(company.rae.id)
    action = actions.add_action(incident, "Tell *support* what to answer", by=rae, owner=rae, priority="1")
    actions.change_action(actions.add_action(incident, "Roll back", by=rae), by=rae, done=True)
    note = actions.add_to_timeline(incident, "Rolled back", by=rae)
    assert (Action.objects.count(), TimelineEvent.objects.filter(pk=note.pk).exists()) == (2, True)
    document = f"/incident/{incident.pk}/"
    return {
        "home": "/",
        "list": "/incidents/?sort=severity",
        "search": "/incidents/?q=payments&severity=9",
        "declare": "/incident/new/",
        "document": document,
        "everything": f"{document}?show=everything",
        "edit-summary": f"{document}edit/summary/",
        "edit-lead": f"{document}edit/lead/",
        "edit-times": f"{document}edit/times/",
        "edit-action": f"{document}actions/{action.pk}/",
        "edit-note": f"{document}timeline/{note.pk}/",
        "person": f"/people/{rae.pk}/",
        "not-found": "/incident/77/",
    }


def passes(page: Page, name: str) -> None:
    """Nothing that axe knows of is in anybody's way."""
    found = Axe().run(page, options=RULES).response["violations"]
    said = [f"{name}: {each['id']}: {[node['html'][:150] for node in each['nodes'][:3]]}" for each in found]
    assert said == []


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_for_everybody(company: Company, window: OpensWindow, look: str) -> None:
    page = window(LOOKS[look])
    signs_in(page, company, company.lee)
    for name, path in addresses(company).items():
        page.goto(company.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        fits(page, f"page-{name}-{look}")
        passes(page, f"{name} {look}")
    page.goto(f"{company.url}/incident/2/")
    page.get_by_text("Export").click()
    for what in ("report", "summary", "lead", "severity", "times"):
        page.get_by_role("link", name=f"Edit the {what}").click()
        expect(page.locator(f"form.in-place [name={'start_time' if what == 'times' else what}]")).to_be_visible()
    fits(page, f"page-forms-{look}")
    passes(page, f"forms {look}")


@pytest.mark.parametrize("path", ["/", "/incidents/?q=payments", "/incident/2/"])
def test_nothing_jumps_while_a_page_loads(company: Company, window: OpensWindow, path: str) -> None:
    record(company)
    page = window()
    signs_in(page, company, company.lee)
    page.goto(company.url + path)
    assert page.evaluate(SHIFTS) == 0


def test_an_incident_is_found_and_changed_by_keyboard_alone(company: Company, window: OpensWindow) -> None:
    record(company)
    page = window()
    signs_in(page, company, company.lee)
    page.goto(company.url)
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    keys.press("Enter")
    reach(page, page.get_by_role("link", name="Payments are failing"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Payments are failing")).to_be_visible()
    reach(page, page.get_by_role("link", name="Edit the severity"))
    keys.press("Enter")
    expect(page.get_by_label("Severity", exact=True)).to_be_focused()
    keys.press("m")
    keys.press("Control+Enter")
    expect(page.locator("header .badge").get_by_text("Major")).to_be_visible()
    expect(page.get_by_role("link", name="Edit the severity")).to_be_focused()
    reach(page, page.get_by_label("What happened"))
    keys.type("Rolled back")
    keys.press("Control+Enter")
    expect(page.locator(".prose").get_by_text("Rolled back", exact=True)).to_be_visible()
    expect(page.get_by_label("What happened")).to_be_focused()


def reach(page: Page, target: Any) -> None:
    """Press Tab until something has the focus, and see that it shows."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            assert target.evaluate("each => getComputedStyle(each).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab does not lead to {target}")
