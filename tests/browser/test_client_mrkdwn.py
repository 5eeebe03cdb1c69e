"""Slack's marks as the sandbox's client shows them: what was recorded of Slack, and what its documentation says."""

import json
import re
from typing import Any

import pytest

from tests.browser.chat import Chat
from tests.browser.conftest import OpensChat
from tests.browser.screen import Screen
from tests.sandbox.shapes import FOLDER, present

pytestmark = pytest.mark.browser

RECORDED = FOLDER / "zulip-recorded"
AS_MARKDOWN = """articles => {
  const marks = { B: "**", I: "*", S: "~~" };
  const inside = node => [...node.childNodes].map(write).join("");
  const link = node => {
    const [text, address] = [inside(node), node.getAttribute("href")];
    return [address, address.replace("mailto:", "")].includes(text) ? address : `[${text}](${address})`;
  };
  const write = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.tagName === "BLOCKQUOTE") return inside(node).replace(/^/gm, ">");
    if (node.tagName === "PRE") return "```" + inside(node) + "```";
    if (node.tagName === "A" && !node.matches(".mention")) return link(node);
    if (node.tagName === "CODE" && !node.closest("pre")) return "`" + inside(node) + "`";
    const mark = marks[node.tagName] ?? "";
    return mark + inside(node) + mark;
  };
  return articles.map(each => [...each.querySelectorAll(".block-section .section-text, .rich")].map(
    each => [...each.children].map(write).join("\\n")
  ));
}"""
SIZE = "each => parseFloat(getComputedStyle(each).fontSize)"
CASES = {
    "nothing between the marks": ("** __ ~~ ``", "** __ ~~ ``"),
    "marks do not reach over lines": ("*one\ntwo*", "*one\ntwo*"),
    "code is left alone": ("`*not bold*` and ```_not\nitalic_```", "`*not bold*` and \n```_not\nitalic_```"),
    "marks around a link": ("*<https://a.example|*here*>*", "**[**here**](https://a.example)**"),
    "escapes are undone once": ("&lt;b&gt; &amp;amp; &amp;lt;", "<b> &amp; &lt;"),
    "an emoji beside words": ("ship :tada:it :not_there:", "ship 🎉it :not_there:"),
    "a person, a channel, everybody": (
        "<@U0LEE> <#{general}> <!here> <@U0NONE>",
        "@Lee Sandoval #general @here @U0NONE",
    ),
    "a channel that one cannot see": ("<#C0SECRET|>", "#private channel"),
    "a date": ("<!date^1718856814^{date_num} {time}|then>", "20/06/2024 4:13"),
    "a date that is none": ("<!date^99999999999999999^{date}|then>", "then"),
    "a script is no link": ("<javascript:alert(1)|press>", "press"),
    "markup is text": ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
}


def shown(screen: Screen) -> list[list[str]]:
    """The texts of the messages' sections and rich texts, as Markdown."""
    written: list[list[str]] = screen.page.get_by_role("log").get_by_role("article").evaluate_all(AS_MARKDOWN)
    return [each for each in written if each]


def sections(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in texts]


@present
def test_marks_look_as_they_do_in_slack(chat: Chat, reads: OpensChat) -> None:
    cases = json.loads((RECORDED / "slack_mrkdwn_to_markdown_cases.json").read_text())["regular_tests"]
    told = [case["input"] for case in cases]
    chat.api.chat_postMessage(channel=chat.general.id, text="cases", blocks=sections(*told))
    for text in told:
        chat.bo.says(chat.general, text)
    rae = reads(chat.rae)
    rae.sees(cases[-1]["input"].replace("*", "").splitlines()[-1])
    by_app, *by_people = shown(rae)
    expected = {case["name"]: case["conversion_output"] for case in cases}
    assert dict(zip(expected, by_app, strict=True)) == expected
    written = {name: in_order("\n".join(each)) for name, each in zip(expected, by_people, strict=True)}
    assert written == {name: in_order(wanted) for name, wanted in expected.items()}


def in_order(markdown: str) -> str:
    """Rich text says which marks a word has, not which is inside which."""
    return re.sub(r"[*~]+", lambda found: "".join(sorted(found[0])), markdown)


def test_marks_look_as_slack_documents_them(chat: Chat, reads: OpensChat) -> None:
    told = [text.replace("{general}", chat.general.id) for text, _ in CASES.values()]
    chat.api.chat_postMessage(channel=chat.general.id, text="cases", blocks=sections(*told))
    rae = reads(chat.rae)
    rae.sees("onerror")
    (by_app,) = shown(rae)
    assert dict(zip(CASES, by_app, strict=True)) == {name: wanted for name, (_, wanted) in CASES.items()}


@present
def test_a_recorded_message_shows_the_same_words_as_text_and_as_blocks(chat: Chat, reads: OpensChat) -> None:
    events = [json.loads(each.read_text())["event"] for each in sorted(RECORDED.glob("event_message_*.json"))]
    for event in events:
        chat.api.chat_postMessage(channel=chat.general.id, text="text", blocks=sections(event["text"]))
        chat.api.chat_postMessage(channel=chat.general.id, text="rich", blocks=event["blocks"])
    rae = reads(chat.rae)
    rae.sees("koo")
    written = [each for (each,) in shown(rae)]
    assert len(written) == 2 * len(events)
    assert written[::2] == written[1::2]


def test_lines_around_code_and_emoji_alone(chat: Chat, reads: OpensChat) -> None:
    chat.lee.says(chat.general, "before\n```\none\n  two\n```\nafter\n> said\nthen")
    chat.lee.says(chat.general, ":tada: :heart:")
    chat.lee.says(chat.general, ":tada: done")
    rae = reads(chat.rae)
    (lines,), *_ = shown(rae)
    assert lines == "before\n```one\n  two```\nafter\n>said\nthen"
    sizes = [rae.message(words).get_by_role("img").first.evaluate(SIZE) for words in ("❤️", "done")]
    assert sizes[0] > 1.5 * sizes[1]
