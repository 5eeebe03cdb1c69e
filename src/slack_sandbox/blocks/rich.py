"""Rich text. Limits: docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from slack_sandbox.blocks.objects import ANY, BLOCK_ID, BOOL
from slack_sandbox.blocks.rules import Items, Num, Rule, Shape, Str, Typed

STYLE = Shape(
    {},
    dict.fromkeys(("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"), BOOL),
)
WORD = Str(least=1)


def _inline(required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Shape:
    return Shape({"type": ANY, **required}, {"style": STYLE, **(optional or {})})


INLINE = Typed(
    {
        "text": _inline({"text": WORD}),
        "link": _inline({"url": WORD}, {"text": Str(), "unsafe": BOOL}),
        "emoji": _inline(
            {"name": WORD}, {"unicode": Str(), "skin_tone": Num(1, 6), "url": Str(), "display_name": Str()}
        ),
        "user": _inline({"user_id": WORD}),
        "usergroup": _inline({"usergroup_id": WORD}),
        "channel": _inline({"channel_id": WORD}),
        "team": _inline({"team_id": WORD}),
        "broadcast": _inline({"range": Str(among=frozenset({"here", "channel", "everyone"}))}),
        "color": _inline({"value": WORD}),
        "date": _inline({"timestamp": Num(0), "format": WORD}, {"url": Str(), "fallback": Str()}),
    }
)
SECTION = Shape({"type": ANY, "elements": Items(INLINE)})
BORDERED = Shape({"type": ANY, "elements": Items(INLINE)}, {"border": Num(0)})
LIST = Shape(
    {
        "type": ANY,
        "elements": Items(Typed({"rich_text_section": SECTION})),
        "style": Str(among=frozenset({"bullet", "ordered"})),
    },
    {"indent": Num(0, 8), "offset": Num(0), "border": Num(0)},
)
PREFORMATTED = Shape({"type": ANY, "elements": Items(INLINE)}, {"border": Num(0), "language": Str()})
RICH_ELEMENTS = Typed(
    {
        "rich_text_section": SECTION,
        "rich_text_list": LIST,
        "rich_text_preformatted": PREFORMATTED,
        "rich_text_quote": BORDERED,
    }
)
RICH_TEXT = Shape({"type": ANY, "elements": Items(RICH_ELEMENTS)}, {"block_id": BLOCK_ID})
