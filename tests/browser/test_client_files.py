"""Files in the sandbox's client: attached, dropped, pasted; shown, looked at, deleted."""

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.chat import Chat
from tests.browser.conftest import OpensChat
from tests.sandbox.place import PIXEL

pytestmark = pytest.mark.browser

PICTURE = FilePayload(name="graph.png", mimeType="image/png", buffer=PIXEL)
LOG = FilePayload(name="errors.log", mimeType="text/plain", buffer=b"\n".join(b"line %d" % n for n in range(20)))
DROP = """([zone, name, type, words]) => {
  const data = new DataTransfer();
  data.items.add(new File([words], name, { type }));
  for (const kind of ["dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
PASTE = """box => {
  const data = new DataTransfer();
  data.items.add(new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "pasted.svg", { type: "image/svg+xml" }));
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_files_are_attached_sent_shown_and_deleted(chat: Chat, reads: OpensChat) -> None:
    rae, lee = reads(chat.rae), reads(chat.lee)
    with rae.page.expect_file_chooser() as choosing:
        rae.press("Attach files")
    choosing.value.set_files([PICTURE, LOG])
    waiting = rae.page.get_by_role("list", name="Files to send")
    expect(waiting.get_by_role("listitem")).to_have_count(2)
    rae.composer.fill("Look at these")
    rae.press("Send message")
    for screen in (rae, lee):
        message = screen.sees("Look at these", "graph.png")
        shown = message.get_by_role("img", name="graph.png")
        expect(shown).to_be_visible()
        assert shown.evaluate("async each => { await each.decode(); return each.naturalWidth }") == 1
        expect(message).to_contain_text("line 5")
        expect(message).not_to_contain_text("line 6")
    expect(waiting).to_be_hidden()
    assert chat.listener.event("file_shared")["channel_id"] == chat.general.id
    lee.press("Look at graph.png", lee.message("Look at these"))
    with lee.page.expect_download() as downloading:
        lee.page.get_by_role("dialog").get_by_role("link", name="Download").click()
    assert downloading.value.suggested_filename == "graph.png"
    lee.page.keyboard.press("Escape")
    expect(lee.message("Look at these").get_by_role("button", name="Delete errors.log")).to_have_count(0)
    rae.press("Delete errors.log", rae.message("Look at these"))
    rae.press("Delete", rae.page.get_by_role("dialog"))
    expect(lee.message("Look at these")).not_to_contain_text("errors.log")


def test_files_are_dropped_pasted_and_taken_out_again(chat: Chat, reads: OpensChat) -> None:
    rae = reads(chat.rae)
    zone = rae.page.get_by_role("log").element_handle()
    rae.page.evaluate(DROP, [zone, "notes.txt", "text/plain", "Dropped words"])
    rae.page.evaluate(DROP, [zone, "empty.txt", "text/plain", ""])
    expect(rae.page.get_by_role("alert")).to_contain_text("empty.txt is empty.")
    rae.composer.evaluate(PASTE)
    waiting = rae.page.get_by_role("list", name="Files to send").get_by_role("listitem")
    expect(waiting).to_have_text(["notes.txt13 bytes", "pasted.svg41 bytes"])
    rae.press("Remove pasted.svg")
    rae.composer.press("Enter")
    rae.sees("notes.txt", "Dropped words")
    root = chat.lee.says(chat.general, "A thread")
    rae.press("Reply in thread", rae.pointed(rae.sees("A thread")))
    pane = rae.page.get_by_role("complementary")
    rae.page.evaluate(DROP, [pane.get_by_role("log").element_handle(), "reply.txt", "text/plain", "In the thread"])
    pane.get_by_role("textbox", name="Reply").press("Enter")
    expect(pane.get_by_role("article").last).to_contain_text("reply.txt")
    (reply,) = [each for each in chat.lee.sees(chat.general) if each.get("thread_ts") == root.ts != each.ts]
    assert [file["name"] for file in reply["files"]] == ["reply.txt"]


def test_a_file_that_is_refused_comes_back_to_the_box(chat: Chat, reads: OpensChat) -> None:
    chat.sandbox.team(disable_file_uploads="disable_all_except_images")
    rae = reads(chat.rae)
    with rae.page.expect_file_chooser() as choosing:
        rae.press("Attach files")
    choosing.value.set_files([LOG])
    rae.composer.fill("My words")
    rae.composer.press("Enter")
    expect(rae.page.get_by_role("alert")).to_contain_text("This workspace lets people upload pictures only.")
    expect(rae.composer).to_have_value("My words")
    expect(rae.page.get_by_role("list", name="Files to send").get_by_role("listitem")).to_have_count(1)
