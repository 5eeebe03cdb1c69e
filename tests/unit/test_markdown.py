"""What people wrote, as Markdown: it reads the same, and nothing of it is HTML."""

import pytest
from markdown_it import MarkdownIt

from response.slack import markdown
from response.slack.text import Names

READER = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
NAMES = Names({"ULEE": "Lee <b>"}, {"C1": "incidents"})


def read(stored: str) -> str:
    """What a reader of Markdown that lets HTML through makes of it."""
    return READER.render(markdown.render(stored, NAMES)).strip()


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("It *fails* _since_ ~noon~ one", "It <strong>fails</strong> <em>since</em> <s>noon</s> one"),
        ("a * b * c and snake_case_name", "a * b * c and snake_case_name"),
        ("`gateway_timeout` is *2* s", "<code>gateway_timeout</code> is <strong>2</strong> s"),
        ("<https://example.org/a_(b)|the *graph*>", '<a href="https://example.org/a_%28b%29">the *graph*</a>'),
        ("see https://example.org/a_b_c.", 'see <a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.'),
        ("<@ULEE> in <#C1>", "@Lee &lt;b&gt; in #incidents"),
        ("one\ntwo", "one<br />\ntwo"),
        ("&gt; quoted\nnot", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>not"),
        ("• one\n• two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("# no heading", "# no heading"),
        ("1. no list", "1. no list"),
        ("- no list", "- no list"),
        ("---", "---"),
        ("words\n===", "words<br />\n==="),
        ("| no | table |", "| no | table |"),
        ("```\na `` *b*\n```", "<pre><code>a `` *b*\n</code></pre>"),
        ("&lt;script&gt; &amp;amp;", "&lt;script&gt; &amp;amp;"),
        (":tada:", "🎉"),
    ],
)
def test_it_reads_as_it_was_written(stored: str, shown: str) -> None:
    made = read(stored)
    assert made.removeprefix("<p>").removesuffix("</p>") == shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](x onerror=alert(1))",
        "<javascript:alert(1)>",
        "<https://e.org/)[x](javascript:alert(1)|x](javascript:alert(1)>",
        "`</code><script>alert(1)</script>`",
        "```\n</code></pre><script>alert(1)</script>\n```",
        "[a]: javascript:alert(1)\n[a]",
        "    <script>alert(1)</script>",
        "\x000\x00<script>",
        "&lt;/td&gt;<svg/onload=alert(1)>",
    ],
)
def test_nothing_of_it_is_markup(hostile: str) -> None:
    made = read(hostile)
    for forbidden in ("<script", "<img", "<svg", 'href="javascript', '<a href="javascript'):
        assert forbidden not in made
