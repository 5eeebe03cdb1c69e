"""Slack's recorded shapes, read where they lie. Tests that need them are skipped where they are absent."""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("SLACK_FIXTURES", Path(__file__).parents[3] / "shared" / "slack-fixtures"))
present = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"Slack's recorded shapes are not in {FOLDER.name}/")

NAMES = {str: "string", bool: "bool", int: "number", float: "number", dict: "object", list: "array", type(None): "null"}
DEEP = ("blocks", "attachments", "room", "event_payload")
"""Not looked into: the recordings were cut off there, or an app has put it in. Blocks are checked as blocks."""


@cache
def load(name: str) -> Any:
    """A file of the folder."""
    return json.loads((FOLDER / name).read_text())


def deviations(method: str, answer: dict[str, Any]) -> list[str]:
    """Keys of an answer that no recording or example of this method has, or of another type."""
    known, found = known_paths(method), []
    for path, kind in paths(answer):
        types = set(known.get(path, {}).get("types", ()))
        for whole, before in ((MESSAGE, GREY_LINES), (FILE, ())):
            if inside := whole.match(path):
                types |= inside_all(whole, before).get(path[inside.end() :], set())
        if not types:
            found.append(f"{path}: unknown")
        elif kind not in types and types != {"null"} and not (kind == "null" and path in NULLS):
            found.append(f"{path}: {kind}, not {sorted(types)}")
    return found


NULLS = {"authorizations[].enterprise_id", "channel_actions_ts", "view.close", "view.submit", "view.previous_view_id"}
"""Null on the pages of Slack's methods or in recorded events, though not in the recordings of each method."""


def absent(method: str, answer: dict[str, Any]) -> list[str]:
    """What an answer has not, though both Slack's documentation and its recordings have it at the top."""
    wanted = {
        path
        for path, seen in load("derived/webapi_keypaths_union.json").get(method, {}).items()
        if path.isidentifier() and "d" in seen["src"] and set(seen["src"]) & {"j", "v"}
    }
    return sorted(wanted - answer.keys() - {"error"} - set(SOMETIMES.get(method, ())))


WARNED = ("response_metadata",)
SOMETIMES = {
    "auth.test": ("bot_id",),
    "conversations.close": ("already_closed", "no_op"),
    "conversations.history": ("latest",),
    "conversations.invite": ("errors",),
    "conversations.join": ("response_metadata", "warning"),
    "conversations.open": ("already_open", "no_op"),
    "oauth.v2.access": ("access_token", "bot_user_id", "expires_in", "refresh_token", "scope", "token_type"),
    "users.getPresence": ("auto_away", "connection_count", "last_activity", "manual_away", "online"),
    "views.open": WARNED,
    "views.publish": WARNED,
    "views.push": WARNED,
}
"""What is there only sometimes: for a bot, when it was so already, when it was asked for, when somebody could not be
invited, when tokens rotate or a bot is installed, about oneself, when something is warned of."""


ID = re.compile(r"[CDFGTUW]0[0-9A-Z]+")
"""Where an id is the key, as in `users.U0LEE.dnd_enabled`: the recordings have a star or an id of theirs."""


@cache
def known_paths(method: str) -> dict[str, Any]:
    """Key path -> `{types}` of a method: of recordings, examples and documentation together where they are."""
    union, found = load("derived/webapi_keypaths_union.json"), documented(method)
    if method in union:
        for path, seen in union[method].items():
            found.setdefault(path, {"types": []})["types"] += seen["types"]
        return found
    at = f"java-slack-sdk-json-logs/api/{method}.json"
    recorded = load(at) if (FOLDER / at).exists() else {"ok": True}
    for path, kind in paths(recorded):
        found.setdefault(path, {"types": []})["types"].append(kind)
    return found


def documented(method: str) -> dict[str, Any]:
    """Key path -> `{types}` of what a method's page says it answers with: at the top, and one level below it."""
    at = f"slack-api-ref/docs.slack.dev/methods/{method}.json"
    page = load(at) if (FOLDER / at).exists() else {}
    described = dict((page.get("output") or {}).get("properties") or {})
    for name, each in list(described.items()):
        for choice in each.get("anyOf", [each]):
            described |= {f"{name}.{inner}": its for inner, its in (choice.get("properties") or {}).items()}
    return {name: {"types": kinds} for name, each in described.items() if (kinds := _kinds(each))}


def _kinds(schema: dict[str, Any]) -> list[str]:
    """The types that a documented field may have."""
    if "anyOf" in schema:
        return [kind for each in schema["anyOf"] for kind in _kinds(each)]
    kind = schema.get("type")
    return [{"boolean": "bool", "integer": "number"}.get(kind, kind)] if isinstance(kind, str) else []


MESSAGE = re.compile(r"(?:items\[\]\.)?(?:message|messages\[\])\.(?:(?:item|root)\.)?(?:message\.)?")


FILE = re.compile(r"(?:file|files\[\])\.")


@cache
def inside_all(whole: re.Pattern[str], also: tuple[tuple[str, str], ...]) -> dict[str, set[str]]:
    """Key path -> types inside a message or file, of all methods together: no single method's recordings have all."""
    found: dict[str, set[str]] = {path: {kind} for path, kind in also}
    for known in load("derived/webapi_keypaths_union.json").values():
        for path, seen in known.items():
            if inside := whole.match(path):
                found.setdefault(path[inside.end() :], set()).update(seen["types"])
    return found


GREY_LINES = (
    ("item", "object"),
    ("item_type", "string"),
    ("type", "string"),
    ("channel", "string"),
    ("created", "number"),
    ("created_by", "string"),
    ("message", "object"),
    ("name", "string"),
    ("hidden", "bool"),
)
"""Of the grey lines that a pin and a rename leave, and of a tombstone: only on the pages of these subtypes."""


def paths(value: Any, at: str = "") -> list[tuple[str, str]]:
    """(key path, type) of everything inside a JSON value, as the recordings are written."""
    found = [(at, NAMES[type(value)])] if at else []
    if isinstance(value, dict) and at.count(".") < 4 and at.rpartition(".")[2].removesuffix("[]") not in DEEP:
        for key, each in value.items():
            name = "*" if ID.fullmatch(key) else key
            found += paths(each, f"{at}.{name}" if at else name)
    elif isinstance(value, list) and value and at.rpartition(".")[2] not in DEEP:
        found += [item for each in value for item in paths(each, f"{at}[]")]
    return found


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> list[str]:
    """What a JSON schema (the part of it that the fixtures use) says against a value."""
    if "$ref" in schema:
        return problems(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, at)
    if "anyOf" in schema:
        tries = [problems(value, each, root, at) for each in schema["anyOf"]]
        if all(tries):
            told = (f"{at}.type: ", f"{at}.subtype: ")  # of another kind: says least about what is wrong
            return min(tries, key=lambda found: (any(each.startswith(told) for each in found), len(found)))
        schema = {name: each for name, each in schema.items() if name != "anyOf"}
    if "allOf" in schema:
        return [found for each in schema["allOf"] for found in problems(value, each, root, at)]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    kind = {"bool": "boolean"}.get(NAMES[type(value)], NAMES[type(value)])
    if kinds and kind not in kinds and not (kind == "number" and "integer" in kinds):
        return [f"{at}: {kind}, not {kinds}"]
    if "const" in schema and value != schema["const"]:
        return [f"{at}: {value!r}, not {schema['const']!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is none of {schema['enum']}"]
    found = []
    if isinstance(value, dict):
        found += [f"{at}.{name}: missing" for name in schema.get("required", ()) if name not in value]
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                found += problems(value[name], inner, root, f"{at}.{name}")
        others, declared = schema.get("additionalProperties", True), schema.get("properties", {})
        for name in value.keys() - declared.keys() if others is not True else ():
            found += problems(value[name], others, root, f"{at}.{name}") if others else [f"{at}.{name}: surplus"]
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{at}: {len(value)} items")
        items = schema.get("items", {})
        for index, each in enumerate(value):
            inner = items[min(index, len(items) - 1)] if isinstance(items, list) else items
            found += problems(each, inner, root, f"{at}[{index}]")
    if "not" in schema and not problems(value, schema["not"], root, at):
        found.append(f"{at}: what must not be")
    return found


def against(name: str, value: Any) -> list[str]:
    """Problems of a value with the schema in `derived/<name>.schema.json`."""
    root = load(f"derived/{name}.schema.json")
    return problems(value, root, root)
