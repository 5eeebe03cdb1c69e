"""`/inspector`: each request with its answer, and what a real workspace would have said."""

import json
import time
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox.hub import Hub
from slack_sandbox.pages.frame import code, page, table
from slack_sandbox.pages.remarks import remarks
from slack_sandbox.shapes import Json

SHOWN = 200
LOOKED_AT = 2000
"""How far back it looks for what is wanted, and for calls that were too many."""
KINDS = {"": "Everything", "api": "Calls of methods", "delivery": "Requests to apps", "remarked": "With a remark"}


async def inspector(request: Request) -> Response:
    """The newest requests first; `kind`, `app` and `q` choose, `every` loads it again after so many seconds."""
    hub: Hub = request.app.state.hub
    query = {name: request.query_params.get(name, "") for name in ("kind", "app", "q", "every")}
    entries = hub.journal.since(hub.journal.seq - LOOKED_AT, LOOKED_AT)
    said = remarks(entries)
    found = [entry for entry in reversed(entries) if _is_wanted(entry, query, said)][:SHOWN]
    rows = [_row(hub, entry, said.get(entry["seq"], [])) for entry in found]
    listed = table(("No.", "When", "What", "How it went"), rows) if rows else "<p>Nothing yet.</p>"
    every = query["every"] if query["every"].isdigit() and int(query["every"]) else ""
    return page("/inspector", "Inspector", _chooser(hub, query) + _sum(entries, said) + listed, refresh=every)


def _is_wanted(entry: Json, query: dict[str, str], said: dict[int, list[str]]) -> bool:
    if entry["kind"] not in ("api", "delivery"):
        return False
    if query["kind"] == "remarked" and entry["seq"] not in said:
        return False
    if query["kind"] in ("api", "delivery") and entry["kind"] != query["kind"]:
        return False
    if query["app"] and entry["app_id"] != query["app"]:
        return False
    return query["q"].casefold() in json.dumps(entry, ensure_ascii=False).casefold()


def _chooser(hub: Hub, query: dict[str, str]) -> str:
    kinds = "".join(_option(value, name, query["kind"]) for value, name in KINDS.items())
    apps = _option("", "every app", query["app"])
    apps += "".join(_option(app.id, app.name, query["app"]) for app in hub.workspace.apps.values())
    follow = escape(urlencode({**query, "every": "2"}))
    live = "" if query["every"] else f'<a href="/inspector?{follow}">Follow along</a>'
    return (
        '<form class="choose" method="get"><label>Show <select name="kind">'
        f'{kinds}</select></label><label>of <select name="app">{apps}</select></label>'
        f'<label>with <input name="q" value="{escape(query["q"])}" type="search"></label>'
        f"<button>Show</button>{live}</form>"
    )


def _option(value: str, name: str, chosen: str) -> str:
    selected = " selected" if value == chosen else ""
    return f'<option value="{escape(value)}"{selected}>{escape(name)}</option>'


def _sum(entries: list[Json], said: dict[int, list[str]]) -> str:
    calls = sum(entry["kind"] == "api" for entry in entries)
    sent = sum(entry["kind"] == "delivery" for entry in entries)
    return f"<p>{calls} calls and {sent} requests to apps among the newest entries, {len(said)} with a remark.</p>"


def _row(hub: Hub, entry: Json, sentences: list[str]) -> tuple[str, ...]:
    app = hub.workspace.apps.get(str(entry["app_id"]))
    who = escape(app.name) if app else "nobody known"
    is_call = entry["kind"] == "api"
    name, direction = (entry["method"], f"{who} →") if is_call else (_delivered(entry), f"→ {who}")
    inside = _shown("Request", entry["args" if is_call else "payload"]) + _shown("Answer", entry["answer"])
    details = f"<details><summary>{code(name)} {direction}</summary>{inside}</details>"
    when = f"{time.strftime('%H:%M:%S', time.localtime(entry['time']))}<br>{entry['ms']:.0f} ms"
    notes = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    said = f'<ul class="remarks">{notes}</ul>' if notes else ""
    return str(entry["seq"]), when, details + said, _outcome(entry)


def _delivered(entry: Json) -> str:
    if entry["what"] == "event":
        event = entry["payload"]["event"]
        return ".".join(filter(None, (event["type"], event.get("subtype"))))
    return str(entry["payload"].get("command") or entry["what"])


def _outcome(entry: Json) -> str:
    if entry["kind"] == "delivery":
        status = f" {entry['status']}" if entry["status"] else ""
        retry = f", retry {entry['retry_num']}" if entry.get("retry_num") else ""
        return escape(f"{entry['outcome']}{status}{retry}")
    if entry["answer"].get("ok"):
        return "ok"
    return f'<span class="bad">{escape(str(entry["answer"].get("error")))}</span> {entry["status"] or ""}'


def _shown(name: str, value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
    box = f'<pre tabindex="0" role="group" aria-label="{name}">{escape(text or "empty")}</pre>'
    return f'<p class="part">{name}</p>{box}'


ROUTES = [Route("/inspector", inspector)]
