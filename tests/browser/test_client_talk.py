"""Talking in the sandbox's client: threads, changing one's mind, reactions, the keyboard."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, OpensChat
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


def pane(screen: Screen) -> Locator:
    return screen.page.get_by_role("complementary")


def test_a_thread_is_opened_answered_and_told_to_the_channel(chat: Chat, reads: OpensChat) -> None:
    root = chat.lee.says(chat.general, "Errors began at 14:00")
    chat.bo.says(chat.general, "I see them", thread=root)
    rae, bo = reads(chat.rae), reads(chat.bo, PHONE)
    rae.press("1 reply", rae.sees("Errors began"))
    thread = pane(rae)
    expect(thread.get_by_role("article")).to_have_count(2)
    in_channel = rae.page.get_by_role("main").get_by_role("article").filter(has_text="Errors began")
    rae.press("Reply in thread", rae.pointed(in_channel))
    reply = thread.get_by_role("textbox", name="Reply")
    expect(reply).to_be_focused()
    rae.page.keyboard.type("Quietly")
    rae.page.keyboard.press("Enter")
    expect(thread.get_by_role("separator")).to_have_text("2 replies")
    thread.get_by_role("checkbox", name="Also send to #general").check()
    reply.fill("For *everybody*")
    reply.press("Enter")
    bo.sees("Replied to a thread", "For everybody")
    expect(thread.get_by_role("checkbox")).not_to_be_checked()
    expect(bo.message("Quietly")).to_have_count(0)
    bo.press("View thread", bo.message("For everybody"))
    expect(pane(bo).get_by_role("article")).to_have_count(4)
    bo.press("Hide panel")
    rae.page.keyboard.press("Escape")
    expect(thread).to_be_hidden()
    expect(rae.composer).to_be_focused()
    expect(rae.message("Errors began")).to_contain_text("3 replies")


def test_threads_that_one_has_a_part_in_are_listed(chat: Chat, reads: OpensChat) -> None:
    mine = chat.rae.says(chat.general, "Who is on call?")
    theirs = chat.lee.says(chat.general, "Lunch?")
    chat.bo.says(chat.general, "Not without Rae", thread=theirs)
    rae = reads(chat.rae)
    rae.press("Threads")
    listed = rae.page.get_by_role("complementary", name="Threads")
    expect(listed).to_contain_text("No threads yet")
    rae.press("Hide panel")
    for text in ("Lee is", "Or Bo", "No, Lee"):
        chat.bo.says(chat.general, text, thread=mine)
    rae.page.get_by_role("button", name=re.compile("^Threads ?, new replies")).click()
    expect(listed).to_contain_text("1 more reply")
    expect(listed.get_by_role("article")).to_have_count(3)
    chat.lee.says(chat.general, f"Ask {chat.rae.mention}", thread=theirs)
    expect(listed.get_by_role("article")).to_have_count(6)
    expect(rae.page.get_by_role("button", name="Threads", exact=True)).to_be_visible()
    listed.get_by_role("button", name="Open thread").last.click()
    expect(rae.page.get_by_role("complementary", name="Thread in #general")).to_contain_text("Or Bo")


def test_a_message_is_changed_and_taken_back_in_place(chat: Chat, reads: OpensChat) -> None:
    rae, lee = reads(chat.rae), reads(chat.lee)
    rae.writes("Typo heer, see [the graph](https://example.org/a?b=1&c=2)")
    link = lee.sees("Typo heer").get_by_role("link", name="the graph")
    expect(link).to_have_attribute("href", "https://example.org/a?b=1&c=2")
    rae.composer.press("ArrowUp")
    box = rae.page.get_by_role("textbox", name="Edit message")
    expect(box).to_have_value("Typo heer, see [the graph](https://example.org/a?b=1&c=2)")
    box.press("Escape")
    expect(box).to_have_count(0)
    rae.press("Edit message", rae.pointed(rae.message("Typo heer")))
    box.fill("Typo here, see [the graph](https://example.org/a?b=1&c=2)")
    box.press("Enter")
    expect(lee.sees("Typo here", "(edited)").get_by_role("link", name="the graph")).to_be_visible()
    assert [action in inner(lee, "Typo here") for action in ("Edit message", "Delete message")] == [False, False]
    rae.composer.press("ArrowUp")
    box.fill("")
    box.press("Enter")
    expect(rae.page.get_by_role("dialog")).to_contain_text("will be gone for everybody")
    rae.press("Cancel", rae.page.get_by_role("dialog"))
    box.press("Escape")
    rae.chooses("Delete message", rae.message("Typo here"))
    rae.press("Delete", rae.page.get_by_role("dialog"))
    expect(lee.message("Typo here")).to_have_count(0)


def inner(screen: Screen, words: str) -> list[str]:
    """What the menu of a message offers to this person."""
    screen.press("More actions", screen.pointed(screen.message(words)))
    offered = screen.page.get_by_role("menuitem").all_text_contents()
    screen.page.keyboard.press("Escape")
    shown = screen.message(words).get_by_role("button").evaluate_all("all => all.map(each => each.ariaLabel)")
    return offered + shown


def test_reactions_are_picked_counted_and_taken_back(chat: Chat, reads: OpensChat) -> None:
    chat.lee.says(chat.general, "Fixed")
    rae, lee = reads(chat.rae), reads(chat.lee)
    rae.sees("Fixed")
    rae.press("Add reaction", rae.pointed(rae.message("Fixed")))
    rae.page.get_by_role("combobox", name="Search emoji").fill("rocket")
    expect(rae.page.get_by_role("option", name="rocket", exact=True)).to_be_visible()
    rae.page.keyboard.press("Enter")
    lee.sees_reaction("rocket", "Fixed")
    lee.message("Fixed").get_by_role("button", name=re.compile("^:rocket:")).click()
    counted = rae.message("Fixed").get_by_role("button", name=":rocket: 2, by you, Lee Sandoval")
    expect(counted).to_have_attribute("aria-pressed", "true")
    counted.click()
    expect(lee.message("Fixed").get_by_role("button", name=":rocket: 1, by you")).to_be_visible()
    lee.message("Fixed").focus()
    lee.page.keyboard.press("r")
    lee.page.keyboard.press("ArrowRight")
    lee.page.keyboard.press("Enter")
    expect(rae.message("Fixed").get_by_role("group", name="Reactions").get_by_role("button")).to_have_count(3)


def test_the_keyboard_reaches_everything(chat: Chat, reads: OpensChat) -> None:
    incidents = chat.workspace.channel("incidents", chat.rae, chat.lee)
    chat.lee.says(incidents, "Something else")
    chat.lee.says(chat.general, "One")
    chat.sandbox.usergroup("oncall", name="On call", users=[chat.rae.id])
    rae = reads(chat.rae)
    keys = rae.page.keyboard
    rae.page.evaluate("document.activeElement.blur()")
    keys.type("Hello @onca")
    expect(rae.page.get_by_role("option", name=re.compile("oncall"))).to_be_visible()
    keys.press("Tab")
    keys.press("Enter")
    rae.sees("Hello @oncall")
    keys.press("Alt+ArrowDown")
    rae.is_in("incidents")
    keys.press("Control+k")
    keys.type("gene")
    keys.press("Enter")
    rae.is_in("general")
    rae.sees("Hello @oncall")
    rae.page.get_by_role("log").focus()
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    expect(rae.message("One")).to_be_focused()
    keys.press("t")
    expect(pane(rae).get_by_role("textbox", name="Reply")).to_be_focused()
    keys.press("Escape")
    rae.message("One").focus()
    keys.press("p")
    expect(rae.message("One")).to_contain_text("Pinned")
    keys.press("Control+/")
    expect(rae.page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Attach files")
    keys.press("Escape")
    expect(rae.page.get_by_role("dialog")).to_have_count(0)
    with rae.page.expect_file_chooser():
        keys.press("Control+u")
