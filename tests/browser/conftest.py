"""A real Chromium, and the company's people in front of it."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from response.plugins.testing import channel, incident, lee, rae
from slack_sandbox.testing import Actor, Sandbox, running_sandbox
from tests.browser.chat import Chat, furnish
from tests.browser.chromium import ARGUMENTS, program
from tests.browser.screen import Screen
from tests.company import Company
from tests.sandbox.listening import ListeningApp, listening_app

# The testing kit's fixtures, in the place of those for tests without a workspace.
__all__ = ["channel", "incident", "lee", "rae"]

Device = dict[str, Any]

DESKTOP: Device = {"viewport": {"width": 1280, "height": 800}}
PHONE: Device = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DARK: Device = {**DESKTOP, "color_scheme": "dark"}
NARROW: ViewportSize = {"width": 360, "height": 740}
PICTURES = Path(__file__).parents[2] / "test-artifacts"

NO_CHROMIUM = "They need Chromium, and this machine has none (Debian: apt-get install chromium)."
LEFT_OUT = pytest.StashKey[list[pytest.Item]]()

OpensWindow = Callable[..., Page]
OpensChat = Callable[..., Screen]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Chromium leave the browser tests out; in CI they fail instead."""
    if os.environ.get("CI") or program():
        return
    config.stash[LEFT_OUT] = [item for item in items if item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=config.stash[LEFT_OUT])
    items[:] = [item for item in items if item not in config.stash[LEFT_OUT]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in a line what was left out."""
    if left_out := config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(f"Left out: {len(left_out)} browser tests. {NO_CHROMIUM}", yellow=True)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A browser for all the windows of these tests."""
    if program() is None:
        pytest.fail(NO_CHROMIUM, pytrace=False)
    expect.set_options(timeout=10_000)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django takes the test for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()  # those that Django keeps for the time with a loop


@pytest.fixture
def window(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[OpensWindow]:
    """Open an empty window: `window(PHONE)`.

    What a page complains about on its console fails the test, unless it is `expected`. Every window leaves a picture of
    how it ended.
    """
    pages: list[Page] = []
    complaints: list[str] = []

    foreseen: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        about = message.location.get("url", "")
        is_page_itself = message.page is not None and about == message.page.url and "status of 404" in message.text
        is_foreseen = is_page_itself or any(words in message.text for words in foreseen)
        if message.type in {"error", "warning"} and not is_foreseen:
            complaints.append(f"{message.text} ({about})")

    def open_window(device: Device = DESKTOP, *, expected: Sequence[str] = ()) -> Page:
        foreseen.extend(expected)
        context = chromium.new_context(locale="en-GB", timezone_id="UTC", reduced_motion="reduce", **device)
        context.set_default_timeout(10_000)
        context.on("console", hear)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        pages.append(context.new_page())
        return pages[-1]

    yield open_window
    for number, page in enumerate(pages, start=1):
        picture(page, f"{request.node.name}-end-{number}")
        page.context.close()
    assert complaints == []


@pytest.fixture
def opens(window: OpensWindow, company: Company) -> OpensChat:
    """Have somebody open the chat in a window of their own: `opens(company.rae, PHONE)`."""

    def open_chat(who: Actor, device: Device = DESKTOP) -> Screen:
        page = window(device)
        signs_in(page, company, who)
        screen = Screen(page, company, who)
        screen.enters(company.general)
        return screen

    return open_chat


@pytest.fixture(scope="package")
def bare_sandbox() -> Iterator[Sandbox]:
    """A sandbox that Response knows nothing of."""
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="package")
def one_listener() -> Iterator[ListeningApp]:
    """The server of the app in it."""
    with listening_app() as app:
        yield app


@pytest.fixture
def chat(bare_sandbox: Sandbox, one_listener: ListeningApp) -> Chat:
    """A chat in which nobody has said anything yet."""
    return furnish(bare_sandbox, one_listener)


@pytest.fixture
def reads(window: OpensWindow, chat: Chat) -> OpensChat:
    """Have somebody look at #general: `reads(chat.rae, PHONE)`."""

    def open_chat(who: Actor, device: Device = DESKTOP, **options: Any) -> Screen:
        screen = Screen(window(device, **options), chat, who)
        screen.enters(chat.general)
        return screen

    return open_chat


def signs_in(page: Page, company: Company, who: Actor, *, is_staff: bool = False) -> None:
    """Have somebody signed in to Response's pages in this window, and in those that it opens."""
    cookies = company.cookies(who, is_staff=is_staff)
    page.context.add_cookies([{"name": name, "value": value, "url": company.url} for name, value in cookies.items()])


def picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Keep a picture of a page for whoever wants to look."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=full_page, animations="disabled")


def is_usable(page: Page, name: str) -> None:
    """A page fits, in the light and in the dark, and axe has nothing to say against it."""
    for size in (DESKTOP["viewport"], NARROW):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            picture(page, f"{name}-{size['width']}-{scheme}", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size(DESKTOP["viewport"])
    page.emulate_media(color_scheme="light")
