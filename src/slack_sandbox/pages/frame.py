"""What the pages look alike in: the frame, tables, and where a form may come from."""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PLACES = {
    "/": "Chat",
    "/apps": "Apps",
    "/inspector": "Inspector",
    "/methods": "Methods",
    "/faults": "Faults",
}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title} · Slack sandbox</title>{refresh}
<link rel="icon" href="/client-assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/client-assets/tokens.css"><link rel="stylesheet" href="/client-assets/pages.css"></head>
<body><header><nav aria-label="Pages">{places}</nav></header><main><h1>{title}</h1>{content}</main></body></html>"""
NONE = '<span class="none">none</span>'


def page(here: str, title: str, content: str, *, status: int = 200, refresh: str = "") -> Response:
    """A page; `content` is HTML. `refresh` is a number of seconds after which it loads itself again."""
    places = "".join(_place(path, name, here) for path, name in PLACES.items())
    again = f'<meta http-equiv="refresh" content="{escape(refresh)}">' if refresh else ""
    body = PAGE.format(title=escape(title), places=places, content=content, refresh=again)
    return HTMLResponse(body, status, {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


def _place(path: str, name: str, here: str) -> str:
    current = ' aria-current="page"' if path == here else ""
    return f'<a href="{path}"{current}>{name}</a>'


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    names = [escape(each) for each in headings]
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in names)
    body = "".join(f'<tr role="row">{_cells(names, row)}</tr>' for row in rows)
    return (
        f'<div class="wide"><table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(names: list[str], row: Iterable[str]) -> str:
    """Cells that say their column and role themselves: on a phone they are no table for the browser."""
    named = zip(names, row, strict=True)
    return "".join(f'<td role="cell" data-column="{name}"><div>{cell}</div></td>' for name, cell in named)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and what they are, which is HTML already."""
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in pairs)
    return f"<dl>{listed}</dl>" if listed else ""


def code(value: object) -> str:
    """Something to be copied."""
    return f"<code>{escape(str(value))}</code>" if value not in ("", None) else NONE


def codes(values: Iterable[object]) -> str:
    """Several of them."""
    return " ".join(map(code, values)) or NONE


def is_ours(request: Request) -> bool:
    """Whether a form was sent from a page of this server: no other site may press our buttons."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
