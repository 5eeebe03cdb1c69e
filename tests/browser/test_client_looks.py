"""How the sandbox's client looks: every state to everybody's eyes and ears, every block, very much of everything."""

import json
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from slack_sdk.errors import SlackApiError

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, OpensChat, picture
from tests.sandbox.place import PIXEL
from tests.sandbox.shapes import FOLDER, present

pytestmark = pytest.mark.browser

LONG = "Wolfeschlegelsteinhausenbergerdorff-Papadopoulou von und zu der Langen Strasse"
SIDEWAYS = """() => [...document.querySelectorAll("main, aside, .log, .pane-list, .card, .popover, .sidebar, dialog")]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.className)"""


def passes(page: Page, what: str) -> None:
    """Axe has nothing to say, and nothing runs out of the window."""
    picture(page, f"client-{what}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
    assert page.evaluate(SIDEWAYS) == [], what
    found = Axe().run(page)
    assert found.violations_count == 0, f"{what}\n{found.generate_report()}"


def test_what_is_said_passes(chat: Chat, reads: OpensChat) -> None:
    tell(chat)
    rae = reads(chat.rae)
    message = rae.sees("Errors began")
    rae.press("More actions", rae.pointed(message))
    passes(rae.page, "menu")
    rae.page.keyboard.press("Escape")
    rae.press("2 replies", message)
    pane = rae.page.get_by_role("complementary")
    expect(pane.get_by_role("article")).to_have_count(3)
    rae.press("Edit message", rae.pointed(rae.message("My own words")))
    rae.press("Emoji", pane)
    passes(rae.page, "thread")
    rae.press("Dark colours")
    expect(rae.page.get_by_role("main")).to_have_css("color", "rgb(228, 230, 230)")
    passes(rae.page, "thread-dark")
    rae.page.reload()
    rae.is_in("general")
    expect(rae.page.get_by_role("main")).to_have_css("color", "rgb(228, 230, 230)")
    rae.press("Light colours")
    expect(rae.page.get_by_role("main")).to_have_css("color", "rgb(29, 33, 37)")


def test_what_is_found_passes(chat: Chat, reads: OpensChat) -> None:
    tell(chat)
    rae = reads(chat.rae)
    pane = rae.page.get_by_role("complementary")
    rae.press("Search in this channel")
    pane.get_by_role("searchbox").fill("errors")
    expect(pane.locator("mark").first).to_be_visible()
    passes(rae.page, "search")
    rae.press("Members")
    pane.get_by_role("button", name=re.compile("^Lee Sandoval")).click()
    expect(rae.page.get_by_role("dialog", name="About Lee Sandoval")).to_be_visible()
    passes(rae.page, "members")
    rae.page.keyboard.press("Escape")
    rae.press("Threads")
    expect(pane).to_contain_text("I see it")
    passes(rae.page, "threads")
    rae.page.get_by_role("link", name="Helper").click()
    rae.page.get_by_role("tab", name="Home").click()
    expect(rae.page.get_by_role("tabpanel")).to_contain_text("has not published")
    passes(rae.page, "home")
    rae.page.keyboard.press("Control+k")
    expect(rae.page.get_by_role("dialog", name="Jump to")).to_be_visible()
    passes(rae.page, "jump")


def test_a_phone_passes(chat: Chat, reads: OpensChat) -> None:
    tell(chat)
    rae = reads(chat.rae, PHONE)
    rae.sees("Only for you")
    rae.pointed(rae.message("My own words"))
    passes(rae.page, "phone")
    rae.press("2 replies", rae.message("Errors began"))
    expect(rae.page.get_by_role("complementary").get_by_role("article")).to_have_count(3)
    passes(rae.page, "phone-thread")
    rae.press("Hide panel")
    rae.press("Show channels")
    passes(rae.page, "phone-channels")


def tell(chat: Chat) -> None:
    """Something of everything, and long names."""
    chat.sandbox.person("bo", real_name=LONG, title="Senior principal staff engineer for payments and all that follows")
    chat.workspace.channel("x" * 80, chat.rae, chat.lee)
    root = chat.lee.says(
        chat.general, "Errors began with the deploy: *bold*, `code`, <https://example.org|a link> :tada:"
    )
    for who in (chat.rae, chat.bo):
        chat.sandbox.act(who.id, "say", channel=chat.general.id, text="I see it", thread_ts=root.ts)
        who.reacts(root, "eyes")
    chat.bo.says(chat.general, "W" * 400 + " https://example.org/" + "a" * 300)
    chat.bo.says(chat.general, f"<@{chat.rae.id}> and <!here>\n> quoted\n```\ncode {'x' * 300}\n```")
    files = [(f"{name}.png", PIXEL) for name in ("graph", "g" * 120)] + [("errors.log", b"one\ntwo\n")]
    for name, content in files:
        chat.api.files_upload_v2(channel=chat.general.id, content=content, filename=name, title=name)
    chat.api.chat_postEphemeral(channel=chat.general.id, user=chat.rae.id, text="Only for you")
    chat.rae.says(chat.general, "My own words")


@present
def test_every_kind_of_block_is_shown(chat: Chat, reads: OpensChat) -> None:
    """What cannot be loaded, since it is not of this host, is a link; what is a file that is not there, its words."""
    posted = 0
    for path in sorted((FOLDER / "slackblocks-spec").rglob("*.json")):
        posted += post_blocks(chat, path.name, json.loads(path.read_text()))
    assert posted > 20
    rae = reads(chat.rae, expected=["status of 404"])
    rae.sees("lowly")
    passes(rae.page, "blocks")
    expect(rae.page.get_by_role("log")).not_to_contain_text("This client does not show")


def post_blocks(chat: Chat, name: str, found: object) -> int:
    """1 if the sandbox took it as the blocks of a message, as Slack would, else 0."""
    blocks = found if isinstance(found, list) else [found]
    if not all(isinstance(each, dict) and "type" in each for each in blocks):
        return 0
    try:
        chat.api.chat_postMessage(channel=chat.general.id, text=name, blocks=blocks)
    except SlackApiError:
        return 0
    return 1


def test_a_long_channel_shows_its_end_at_once(chat: Chat, reads: OpensChat) -> None:
    many = chat.workspace.channel("many", chat.rae, chat.lee)
    for number in range(500):
        chat.sandbox.past_message(many.id, chat.lee.id, f"Message {number}", ts=f"{1_700_000_000 + number}.000100")
    rae = reads(chat.rae)
    began = time.monotonic()
    rae.goes_to("many")
    rae.sees("Message 499")
    assert time.monotonic() - began < 2
    assert rae.page.get_by_role("article").count() <= 150
