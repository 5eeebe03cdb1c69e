"""A real Chromium, and the company's people in front of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from slack_sandbox.testing import Actor
from tests.browser.screen import Screen
from tests.company import Company

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Windows behind others go on at full speed.
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    # No page reaches further than this machine, whatever it asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
PICTURES = Path(__file__).parents[2] / "test-artifacts"

Opens = Callable[..., Screen]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; without one the browser tests are left out, except in CI."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        left_out = "the browser tests need Chromium, and this machine has none (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(left_out, pytrace=False)
        pytest.skip(f"left out: {left_out}")
    expect.set_options(timeout=10_000)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django takes the test for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()  # those that Django keeps for the time with a loop


@pytest.fixture
def opens(chromium: Browser, company: Company, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Have somebody open the sandbox in a window of their own: `opens(company.rae, PHONE)`.

    What a page complains about on its console fails the test. Every window leaves a picture of how it ended.
    """
    screens: list[Screen] = []

    def open_window(who: Actor, device: dict[str, object] = DESKTOP, **how: object) -> Screen:
        context = chromium.new_context(locale="en-GB", timezone_id="UTC", **{**device, **how})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        screens.append(Screen(context.new_page(), company, who))
        screens[-1].enters(company.general)
        return screens[-1]

    yield open_window
    for screen in screens:
        picture(screen.page, f"{request.node.name}-{screen.who.name}")
        screen.page.context.close()
    assert [line for screen in screens for line in screen.complaints] == []


def picture(page: Page, name: str) -> bytes:
    """Keep a picture of a page for whoever wants to look."""
    PICTURES.mkdir(exist_ok=True)
    return page.screenshot(path=PICTURES / f"{name}.png")
