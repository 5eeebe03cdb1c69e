"""Apps in the sandbox's client: their home, their shortcuts, their blocks."""

from typing import Any

import pytest
from playwright.sync_api import expect

from slack_sandbox.testing import wait_for
from tests.browser.chat import Chat
from tests.browser.conftest import OpensChat

pytestmark = pytest.mark.browser

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "keeping",
    "title": {"type": "plain_text", "text": "Keep it"},
    "submit": {"type": "plain_text", "text": "Keep"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why"},
            "element": {"type": "plain_text_input", "action_id": "why"},
        }
    ],
}


def home(*texts: str) -> dict[str, Any]:
    button = {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Look again"}}
    sections = [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in texts]
    return {"type": "home", "blocks": [*sections, {"type": "actions", "block_id": "act", "elements": [button]}]}


def test_an_app_has_a_home_that_it_can_change(chat: Chat, reads: OpensChat) -> None:
    lee = reads(chat.lee)
    lee.page.get_by_role("link", name="Helper").click()
    lee.is_in("Helper")
    home_tab = lee.page.get_by_role("tab", name="Home")
    expect(lee.page.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")
    lee.page.get_by_role("tab", name="Messages").focus()
    lee.page.keyboard.press("ArrowLeft")
    expect(home_tab).to_be_focused()
    panel = lee.page.get_by_role("tabpanel", name="Home of Helper")
    expect(panel).to_contain_text("Helper has not published a home for you.")
    assert chat.listener.event("app_home_opened", tab="home")["user"] == chat.lee.id
    chat.api.views_publish(user_id=chat.lee.id, view=home("*1* open incident"))
    expect(panel).to_contain_text("1 open incident")
    panel.get_by_role("button", name="Look again").click()
    action = wait_for(lambda: chat.listener.to("/interactions"))[-1].payload
    assert (action["view"]["type"], action["actions"][0]["action_id"]) == ("home", "open")
    chat.api.views_publish(user_id=chat.lee.id, view=home("All is well"))
    expect(panel).to_contain_text("All is well")
    lee.page.get_by_role("tab", name="Messages").click()
    expect(lee.page.get_by_role("textbox", name="Message Helper")).to_be_visible()


def test_shortcuts_are_offered_where_they_belong(chat: Chat, reads: OpensChat) -> None:
    said = chat.bo.says(chat.general, "The gateway is down")
    lee = reads(chat.lee)
    lee.sees("The gateway is down")
    lee.chooses("Keep in the timeline", lee.message("The gateway is down"))
    about = wait_for(lambda: chat.listener.to("/interactions"))[-1].payload
    assert (about["type"], about["callback_id"], about["message"]["ts"]) == ("message_action", "keep", said.ts)
    lee.press("Shortcuts")
    lee.page.get_by_role("menuitem", name="Report an incident").click()
    asked = wait_for(lambda: chat.listener.to("/interactions")[1:])[0].payload
    assert (asked["type"], asked["callback_id"]) == ("shortcut", "report")
    chat.api.views_open(trigger_id=asked["trigger_id"], view=MODAL)
    lee.field("Why").fill("It is what broke")
    lee.submits("Keep")
    sent = chat.listener.to("/interactions")[-1].payload
    assert sent["view"]["state"]["values"]["why"]["why"]["value"] == "It is what broke"
    chat.sandbox.app("Helper", shortcuts=[])
    lee.page.reload()
    lee.sees("The gateway is down")
    expect(lee.page.get_by_role("button", name="Shortcuts")).to_have_count(0)
