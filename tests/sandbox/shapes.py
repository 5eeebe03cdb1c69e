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
DEEP = ("blocks", "attachments", "files", "room")
"""Not looked into: their own rules are tested elsewhere."""


@cache
def load(name: str) -> Any:
    """A file of the folder."""
    return json.loads((FOLDER / name).read_text())


def deviations(method: str, answer: dict[str, Any]) -> list[str]:
    """Keys of an answer that no recording or example of this method has, or of another type."""
    known = known_paths(method)
    found = []
    for path, kind in paths(answer):
        inside = MESSAGE.match(path)
        if inside and inside[1] in message_keys():
            continue
        if path not in known:
            found.append(f"{path}: unknown")
        elif kind != "null" and kind not in known[path]["types"] and known[path]["types"] != ["null"]:
            found.append(f"{path}: {kind}, not {known[path]['types']}")
    return found


ID = re.compile(r"[CDFGTUW]0[0-9A-Z]+")
"""Where an id is the key, as in `users.U0LEE.dnd_enabled`: the recordings have a star or an id of theirs."""


@cache
def known_paths(method: str) -> dict[str, Any]:
    """Key path -> `{types}` of a method: of recordings, examples and documentation together where they are."""
    union = load("derived/webapi_keypaths_union.json")
    if method in union:
        return dict(union[method])
    recorded = load(f"java-slack-sdk-json-logs/api/{method}.json")
    found: dict[str, Any] = {}
    for path, kind in paths(recorded):
        found.setdefault(path, {"types": []})["types"].append(kind)
    return found


MESSAGE = re.compile(r"(?:items\[\]\.)?(?:message|messages\[\])\.(?:(?:item|root)\.)?(?:message\.)?([^.]+)")


@cache
def message_keys() -> frozenset[str]:
    """The keys a message has anywhere: no single method's recordings have them all."""
    answers = load("derived/webapi_keypaths_union.json").values()
    seen = {found[1] for paths_ in answers for path in paths_ if (found := MESSAGE.match(path))}
    return frozenset(seen | PINNED_ITEM)


PINNED_ITEM = {"item", "item_type", "channel", "created", "created_by", "message"}
"""Of the grey line that a pin leaves; only on the page of the subtype."""


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
        return min(tries, key=lambda found: (any("type: " in each for each in found), len(found))) if all(tries) else []
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
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, each in enumerate(value):
            found += problems(each, schema["items"], root, f"{at}[{index}]")
    return found


def against(name: str, value: Any) -> list[str]:
    """Problems of a value with the schema in `derived/<name>.schema.json`."""
    root = load(f"derived/{name}.schema.json")
    return problems(value, root, root)
