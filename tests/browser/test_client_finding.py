"""Finding messages and people in the sandbox's client."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import DARK, OpensChat

pytestmark = pytest.mark.browser


def test_messages_are_searched_in_a_channel_and_everywhere(chat: Chat, reads: OpensChat) -> None:
    incidents = chat.workspace.channel("incidents", chat.rae, chat.lee)
    chat.lee.says(incidents, "The *payments* gateway again")
    root = chat.lee.says(chat.general, "Payments are failing")
    chat.bo.says(chat.general, "payments here too", thread=root)
    for number in range(120):
        chat.sandbox.past_message(
            chat.general.id, chat.bo.id, f"Chatter {number}", ts=f"{1_700_000_000 + number}.000100"
        )
    rae = reads(chat.rae)
    rae.page.keyboard.press("Control+f")
    panel = rae.page.get_by_role("complementary")
    box = panel.get_by_role("searchbox", name="Search messages")
    expect(box).to_be_focused()
    box.fill("payments")
    expect(panel.get_by_role("article")).to_have_count(2)
    expect(panel.locator("mark")).to_have_text(["payments", "Payments"])
    panel.get_by_role("radio", name="Everywhere").check()
    expect(panel.get_by_role("article")).to_have_count(3)
    expect(panel).to_contain_text("#incidents")
    panel.get_by_role("radio", name="In #general").check()
    box.fill("no such words")
    expect(panel).to_contain_text("No message has “no such words” in it.")
    box.fill("chatter 3")
    expect(panel.get_by_role("article").first).to_contain_text("Chatter 113")
    box.press("ArrowDown")
    rae.page.keyboard.press("ArrowDown")
    rae.page.keyboard.press("Enter")
    expect(rae.page.get_by_role("main").get_by_role("article", name="Bo Lindqvist: Chatter 103")).to_be_focused()


def test_members_are_listed_looked_at_and_written_to(chat: Chat, reads: OpensChat) -> None:
    lee = reads(chat.lee, DARK)
    lee.press("Members, 4")
    panel = lee.page.get_by_role("complementary", name="Members in #general")
    expect(panel.get_by_role("listitem")).to_have_text(
        [
            re.compile("Bo Lindqvist"),
            re.compile(r"Lee Sandoval \(you\)"),
            re.compile("Rae Okafor"),
            re.compile("Helper"),
        ]
    )
    lee.press("Remove Bo Lindqvist", panel)
    lee.press("Remove", lee.page.get_by_role("dialog"))
    expect(panel.get_by_role("listitem")).to_have_count(3)
    panel.get_by_role("button", name=re.compile("^Rae Okafor")).click()
    card = lee.page.get_by_role("dialog", name="About Rae Okafor")
    expect(card).to_contain_text("Support")
    card.get_by_role("button", name="Message").click()
    lee.is_in("Rae Okafor")
    box = lee.page.get_by_role("textbox", name="Message Rae Okafor")
    box.fill("Between us")
    box.press("Enter")
    rae = reads(chat.rae)
    lee_in_list = rae.page.get_by_role("link", name=re.compile("Lee Sandoval.*1 unread"))
    lee_in_list.click()
    rae.sees("Between us")


def test_one_of_many_is_found_and_acted_as(chat: Chat, reads: OpensChat) -> None:
    for number in range(12):
        chat.workspace.person(f"Pat {number}", real_name=f"Pat Number{number}")
    conversation = chat.api.conversations_open(users=[chat.rae.id, chat.lee.id])["channel"]["id"]
    chat.api.chat_postMessage(channel=conversation, text="The three of us")
    rae = reads(chat.rae)
    direct = rae.page.get_by_role("region", name="Direct messages")
    direct.get_by_role("link", name=re.compile("Lee Sandoval")).click()
    rae.sees("The three of us")
    rae.press("Act as somebody else")
    expect(rae.page.get_by_role("menuitemradio", name=re.compile("Rae Okafor"))).to_have_attribute(
        "aria-checked", "true"
    )
    rae.page.get_by_role("menuitem", name=re.compile("^Somebody else")).click()
    rae.page.get_by_role("combobox", name="Search people").fill("number11")
    rae.page.keyboard.press("Enter")
    expect(rae.page.get_by_role("button", name=re.compile("^You are Pat Number11"))).to_be_visible()
