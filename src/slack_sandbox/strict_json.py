"""JSON from outside: only what the standard allows, and no deeper than anything here has to look."""

import json
from collections.abc import Iterable
from math import isfinite
from typing import Any

DEEPEST = 100
MOST_VALUES = 2_000_000


def read_json(source: str | bytes) -> Any:
    """The value. Raises ValueError for what is not UTF-8 or no JSON, NaN, half a character, and nesting without end."""
    text = source if isinstance(source, str) else source.decode()
    try:
        value = DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if text.count("[") + text.count("{") > DEEPEST:
        check_depth(value)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()  # what is half a character has no UTF-8
    return value


def check_depth(value: Any) -> None:
    """Raise ValueError for a value that is nested too deep, in itself, or many times over."""
    level, seen = [value], 0
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        seen += len(level)
        if not level:
            return
        if seen > MOST_VALUES:
            raise ValueError("too many values")
    raise ValueError("nested too deep")


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text} is too large")
    return number


DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
