"""The sandbox's pages beside its chat: apps, the inspector, the methods."""

import re

import pytest
from playwright.sync_api import Page, expect

from slack_sandbox.testing import Refused
from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, OpensChat, OpensWindow, is_usable

pytestmark = pytest.mark.browser
MANIFEST = """display_information: {name: Notes}
features: {bot_user: {display_name: notes}}
oauth_config: {scopes: {bot: [chat:write]}}
"""


@pytest.fixture
def page(window: OpensWindow, chat: Chat) -> Page:
    """The page of the apps, open."""
    opened = window(DESKTOP, expected=("status of 400",))
    opened.goto(f"{chat.sandbox.url}/apps")
    return opened


def test_the_chat_leads_to_them(chat: Chat, reads: OpensChat) -> None:
    rae = reads(chat.rae)
    rae.page.get_by_role("button", name=re.compile("Act as somebody else")).click()
    with rae.page.context.expect_page() as opening:
        rae.page.get_by_role("menuitem", name="Apps, requests and methods").click()
    expect(opening.value.get_by_role("heading", name="Apps", exact=True)).to_be_visible()
    for name in ("Inspector", "Methods"):
        opening.value.get_by_role("link", name=name).click()
        expect(opening.value.get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_an_app_is_made_installed_and_taken_away(chat: Chat, page: Page) -> None:
    page.get_by_text("Create an app from a manifest").click()
    form = page.get_by_label("Manifest, as YAML or JSON")
    form.fill(MANIFEST.replace("name: Notes", "colour: red"))
    page.get_by_role("button", name="Create and install").click()
    expect(page.get_by_role("alert")).to_contain_text("invalid additional property: colour")
    is_usable(page, "sandbox-manifest")
    form.fill(MANIFEST)
    page.get_by_role("button", name="Create and install").click()
    expect(page.get_by_role("heading", name="Notes", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("^xoxb-"))).to_be_visible()
    is_usable(page, "sandbox-app")
    page.get_by_role("button", name="Uninstall").click()
    expect(page.get_by_role("link", name="Notes")).to_have_count(0)
    with pytest.raises(Refused):
        chat.sandbox.connections("Notes")


def test_requests_are_looked_into(chat: Chat, page: Page) -> None:
    chat.rae.says(chat.general, "Payments are failing")
    chat.sandbox.settle()
    page.goto(f"{chat.sandbox.url}/inspector?q=Payments")
    page.get_by_text(re.compile("^message")).first.click()
    expect(page.get_by_text('"text": "Payments are failing"').first).to_be_visible()
    is_usable(page, "sandbox-inspector")


def test_the_methods_are_readable_on_any_screen(chat: Chat, page: Page) -> None:
    page.goto(f"{chat.sandbox.url}/methods")
    expect(page.get_by_role("cell", name="chat.postMessage", exact=True)).to_be_visible()
    is_usable(page, "sandbox-methods")
