"""Slack's text: kept as it came, safe wherever it is shown."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from response.slack import html
from response.slack.text import Names, cut, escape, for_slack, plain, unescape

NAMES = Names({"U1": "rae"}, {"C1": "inc-101"})


@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("a &lt; b &amp; c", "a &lt; b &amp; c"),
        ("<!channel> hello", "@channel hello"),
        ("&lt;!channel&gt; hello", "&lt;!channel&gt; hello"),
        ("<!here|here>", "@here"),
        ("<!subteam^S1|@ops>", "@ops"),
        ("<@U1|rae> and <#C1|general>", "<@U1> and <#C1>"),
        ("<https://example.org?a=1&amp;b=2|docs>", "<https://example.org?a=1&amp;b=2|docs>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
    ],
)
def test_what_is_sent_mentions_people_and_pages_nobody(stored: str, sent: str) -> None:
    assert for_slack(stored) == sent


@given(st.text(alphabet=st.sampled_from("<>!@#|&;ampltg channel here U1 \n^"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_pages_a_channel(stored: str) -> None:
    sent = for_slack(stored)
    assert "<!" not in sent
    assert "<!" not in for_slack(sent)


@given(st.text(max_size=80))
def test_escaping_and_back_is_the_same_text(text: str) -> None:
    assert unescape(escape(text)) == text


def test_plain_text_has_names_for_ids() -> None:
    assert plain("<@U1> in <#C1>: <https://e.org|the docs> &amp; <@U2>", NAMES) == "@rae in #inc-101: the docs & @U2"


def test_cutting_leaves_no_half_reference() -> None:
    assert cut("hello <@U12345>", 12) == "hello…"
    assert cut("a &amp; b", 6) == "a…"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("*bold* _it_ ~gone~ `co*de*`", "<strong>bold</strong> <em>it</em> <s>gone</s> <code>co*de*</code>"),
        ("mid*word* stays, **x** too", "mid*word* stays, **x** too"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("<@U1> <#C1>", '<span class="mention">@rae</span> <span class="mention">#inc-101</span>'),
        ("one\ntwo", "one<br>two"),
        ("&gt; said\n&gt; twice\nreply", "<blockquote>said<br>twice</blockquote>reply"),
        (":fire: :no_such_emoji:", "🔥 :no_such_emoji:"),
        ("```\na < b\n```", "<pre><code>a &lt; b</code></pre>"),
        (
            "<https://e.org/?a=1&amp;b=2|docs>",
            '<a href="https://e.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">docs</a>',
        ),
    ],
)
def test_mrkdwn_is_shown_as_slack_shows_it(stored: str, shown: str) -> None:
    assert html.render(stored, NAMES) == shown


class Seen(HTMLParser):
    """Every tag and attribute in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, name) for name, _ in attrs} | {(tag, "")}
        for name, value in attrs:
            if name == "href":
                assert (value or "").lower().startswith(("http://", "https://", "mailto:"))


OURS = {"a", "strong", "em", "s", "code", "pre", "br", "blockquote", "span"}
HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "<javascript:x|y>",
            '<https://e.org|"onclick=x>',
            "*",
            "_",
            "~",
            "`",
            "```",
            "\n",
            "&gt;",
            "&lt;",
            "&amp;",
            "<@U1>",
            "<#C1>",
            "<!channel>",
            '"',
            "'",
            ">",
            "<",
            "\x00",
            "0",
            'https://e.org/"x',
            ":fire:",
            "a",
        ]
    ),
    max_size=25,
)


@given(HOSTILE)
@settings(max_examples=500, deadline=None)
def test_hostile_text_becomes_only_our_own_markup(parts: list[str]) -> None:
    seen = Seen()
    seen.feed(html.render("".join(parts), NAMES))
    assert {tag for tag, _ in seen.found} <= OURS
    assert {name for _, name in seen.found} <= {"", "href", "rel", "class"}


CASES = (
    Path(__file__).parents[3] / "shared" / "slack-fixtures" / "zulip-recorded" / "slack_mrkdwn_to_markdown_cases.json"
)


@pytest.mark.skipif(not CASES.exists(), reason="the recorded Slack payloads are not on this machine")
def test_recorded_mrkdwn_is_styled_where_slack_styles_it() -> None:
    cases = json.loads(CASES.read_text())
    cases = cases.get("regular_tests", cases)
    assert cases
    for case in cases:
        shown, wanted = html.render(case["input"]), case["conversion_output"]
        if wanted == case["input"]:
            assert not {"<strong>", "<em>", "<s>"} & set(re.findall(r"<\w+>", shown)), case
        else:
            assert ("<strong>" in shown) == ("**" in wanted), case
            assert ("<s>" in shown) == ("~~" in wanted), case
