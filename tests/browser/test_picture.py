"""The pictures of the docs: for the README a headline, a channel and a document; and the pages by themselves."""

import base64
import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from response.core import actions
from response.core.models import Incident, Person
from response.core.severity import Severity
from response.search import index
from tests.browser.conftest import DARK, DESKTOP, PHONE, PICTURES, OpensChat, OpensWindow, signs_in
from tests.company import Company

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LARGEST = 200_000  # bytes
PAST = (
    ("The search answers with an empty list", Severity.MINOR, True),
    ("Every e-mail is sent twice since the deploy of the gateway", Severity.MAJOR, True),
    ("The nightly export is late", Severity.TRIVIAL, False),
    ("Prices are shown in the wrong currency", Severity.MAJOR, True),
)
CLOSED = {Severity.MAJOR, Severity.TRIVIAL}

FRAME = """
<style>
  body { margin: 0; width: 1280px; height: 800px; overflow: hidden; position: relative; background: #dfe3dd; }
  img { position: absolute; border-radius: 12px; box-shadow: 0 6px 28px rgb(0 0 0 / 22%); background: white; }
</style>
"""


def test_the_picture_of_the_readme_can_be_made(company: Company, window: OpensWindow, opens: OpensChat) -> None:
    tell_a_story(company)
    lee = opens(company.lee, size(796, 752))
    lee.goes_to("inc-101")
    lee.sees("We are rolling back")
    lee.page.mouse.move(0, 0)
    channel = lee.page.screenshot(animations="disabled")
    bo = opens(company.bo, {**size(420, 900), "has_touch": True})
    bo.goes_to("incidents")
    headline = bo.sees("Comms Channel: #inc-101").screenshot(animations="disabled")
    page = window(size(420, 402))
    signs_in(page, company, company.lee)
    page.goto(f"{company.url}/incident/1/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    made = compose(page, channel, headline, page.screenshot(animations="disabled"))
    assert made.stat().st_size < LARGEST
    keep(made)


def test_the_pictures_of_the_pages_can_be_made(company: Company, window: OpensWindow) -> None:
    tell_a_story(company)
    look_back(company)
    for name, device, path in (
        ("home", DARK, "/"),
        ("document", {"viewport": {"width": 1280, "height": 1000}}, "/incident/1/"),
        ("search", DESKTOP, "/incidents/?q=gateway+deploy"),
        ("phone", PHONE, "/incident/1/"),
    ):
        page = window(device)
        signs_in(page, company, company.lee)
        page.goto(company.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        keep(PICTURES / f"{name}.png")


def keep(made: Path) -> None:
    """Take a picture into the docs when that is asked for. What is there is not too large for a page."""
    if os.environ.get("UPDATE_IMAGES"):
        shutil.copy(made, IMAGES / made.name)
    assert (IMAGES / made.name).stat().st_size < LARGEST


def look_back(company: Company) -> None:
    """Have some incidents behind them, and some that are live."""
    lee, bo = (Person.objects.known_as(each.id) for each in (company.lee, company.bo))
    for report, severity, lead in PAST:
        incident = actions.declare(report, by=bo, severity=severity, lead=lee if lead else None)
        if severity in CLOSED:
            actions.close(incident, by=lee)
    company.settled()
    index.catch_up()


def tell_a_story(company: Company) -> None:
    """Have the people of the demo run an incident, as far as a picture can show it."""
    company.sandbox.team(name="Acme", domain="acme")
    for who, name in ((company.rae, "Rae Okafor"), (company.lee, "Lee Sandoval"), (company.bo, "Bo Lindqvist")):
        company.sandbox.person(who.name.lower(), real_name=name, display_name=name)
    incident = company.declare(
        Lead=company.lee.id, Severity="Critical", Impact="One card payment in five is declined", Channel=["yes"]
    )
    room = company.workspace.find_channel("inc-101")
    company.workspace.wait_for(lambda: company.sandbox.show_channel("inc-101")["pins"])
    company.workspace.wait_for(lambda: company.sandbox.show_channel("inc-101")["topic"])
    company.bo.joins(room)
    company.bo.says(room, "Errors began with the 14:00 deploy, in one region only.")
    company.bo.pins(company.lee.says(room, "That deploy shortened the gateway's timeout. *We are rolling back.*"))
    company.asks(company.lee, room, "summary Card payments fail since the 14:00 deploy.")
    company.workspace.wait_for(lambda: Incident.objects.get(pk=incident.pk).events.filter(event_type="slack_pin"))
    company.settled()


def size(width: int, height: int) -> dict[str, object]:
    """A window of this size."""
    return {"viewport": {"width": width, "height": height}}


def compose(page: Page, channel: bytes, headline: bytes, document: bytes) -> Path:
    """Put three pictures into one, and return its file."""
    places = (
        (channel, "left: 24px; top: 24px"),
        (headline, "left: 836px; top: 24px"),
        (document, "left: 836px; bottom: 24px"),
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("about:blank")
    page.set_content(FRAME + "".join(f'<img style="{place}" src="{as_url(each)}">' for each, place in places))
    made = PICTURES / "demo.png"
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=made)
    return made


def as_url(picture: bytes) -> str:
    """A picture as an address that holds all of it."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
