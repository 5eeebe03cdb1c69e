"""A small language for what a payload must look like; the tables beside this file are written in it.

Every rule reports what it finds in Slack's own form: `[ERROR] must be less than 76 characters
[json-pointer:/blocks/0/elements/0/text/text]`. Lengths count Unicode code points.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from slack_sandbox.shapes import Json


class Findings:
    """What is wrong with one payload."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def add(self, problem: str, at: str) -> None:
        """Note a problem; `at` is a JSON pointer."""
        self.problems.append((problem, at))

    @property
    def messages(self) -> list[str]:
        """As Slack writes them into `response_metadata`."""
        return [f"[ERROR] {problem} [json-pointer:{at}]" for problem, at in self.problems]


class Rule(Protocol):
    """Something a value can be checked against."""

    def check(self, value: Any, at: str, found: Findings) -> None:
        """Report whatever is wrong with `value`."""


@dataclass(frozen=True)
class Str:
    """A string of at most `most` characters."""

    most: int | None = None
    least: int = 0
    among: frozenset[str] = frozenset()
    like: re.Pattern[str] | None = None
    """How it begins, or what it is made of."""

    def check(self, value: Any, at: str, found: Findings) -> None:
        """Length and, where only some values are allowed, which."""
        if not isinstance(value, str):
            found.add("must be a string", at)
        elif len(value) < self.least:
            found.add(f"must be more than {self.least - 1} characters", at)
        elif self.most is not None and len(value) > self.most:
            found.add(f"must be less than {self.most + 1} characters", at)
        elif self.among and value not in self.among:
            found.add(f"must be one of: {', '.join(sorted(self.among))}", at)
        elif self.like is not None and not self.like.match(value):
            found.add(f"does not match the pattern {self.like.pattern}", at)


@dataclass(frozen=True)
class Num:
    """A number; some fields also take it as a string of digits."""

    least: float | None = None
    most: float | None = None
    above: float | None = None
    kinds: tuple[type, ...] = (int,)

    def check(self, value: Any, at: str, found: Findings) -> None:
        """Kind and range."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or type(value) not in self.kinds:
            found.add("must be a number", at)
        elif self.least is not None and value < self.least:
            found.add(f"must be at least {self.least}", at)
        elif self.most is not None and value > self.most:
            found.add(f"must be at most {self.most}", at)
        elif self.above is not None and value <= self.above:
            found.add(f"must be more than {self.above}", at)


@dataclass(frozen=True)
class Bool:
    """true or false."""

    def check(self, value: Any, at: str, found: Findings) -> None:
        """Nothing else will do."""
        if not isinstance(value, bool):
            found.add("must be a boolean", at)


@dataclass(frozen=True)
class Anything:
    """Not looked into."""

    def check(self, value: Any, at: str, found: Findings) -> None:
        """Always fine."""


@dataclass(frozen=True)
class Items:
    """A list of things that follow one rule."""

    of: Rule
    most: int | None = None
    least: int = 0
    unique: bool = False

    def check(self, value: Any, at: str, found: Findings) -> None:
        """How many, and each of them."""
        if not isinstance(value, list):
            found.add("must be an array", at)
            return
        if len(value) < self.least:
            found.add(f"no fewer than {self.least} items allowed", at)
        if self.most is not None and len(value) > self.most:
            found.add(f"no more than {self.most} items allowed", at)
            return
        if self.unique and any(value.index(item) < index for index, item in enumerate(value)):
            found.add("must not contain duplicate items", at)
        for index, item in enumerate(value):
            self.of.check(item, f"{at}/{index}", found)


def listed(value: Json, name: str) -> list[Any]:
    """A field that should be a list; what is none has been reported already."""
    found = value.get(name)
    return found if isinstance(found, list) else []


Extra = Callable[[Json, str, Findings], None]
"""What no single field can say: exactly one of two, a range upside down."""


@dataclass(frozen=True)
class Shape:
    """An object with these fields and no others, unless anything goes."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    anything: bool = False

    def check(self, value: Any, at: str, found: Findings) -> None:
        """Missing, unknown and wrong fields. A null optional field counts as absent."""
        if not isinstance(value, dict):
            found.add("must provide an object", at)
            return
        for name, rule in self.required.items():
            if value.get(name) is None:
                found.add(f"missing required field: {name}", at)
            else:
                rule.check(value[name], f"{at}/{name}", found)
        for name in value.keys() - self.required.keys():
            if name not in self.optional and self.anything:
                continue
            if name not in self.optional:
                found.add(f"invalid additional property: {name}", at)
            elif value[name] is not None:
                self.optional[name].check(value[name], f"{at}/{name}", found)
        for extra in self.extras:
            extra(value, at, found)


@dataclass(frozen=True)
class Named:
    """An object whose fields, whatever they are called, follow one rule."""

    of: Rule

    def check(self, value: Any, at: str, found: Findings) -> None:
        """Each of them."""
        if not isinstance(value, dict):
            found.add("must provide an object", at)
            return
        for name, item in value.items():
            self.of.check(item, f"{at}/{name}", found)


@dataclass(frozen=True)
class Typed:
    """An object whose `type` says which rule it follows."""

    kinds: Mapping[str, Rule]

    def check(self, value: Any, at: str, found: Findings) -> None:
        """The rule of its type."""
        if not isinstance(value, dict):
            found.add("must provide an object", at)
        elif value.get("type") is None:
            found.add("missing required field: type", at)
        elif not isinstance(value["type"], str) or value["type"] not in self.kinds:
            found.add(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            self.kinds[value["type"]].check(value, at, found)

    def only(self, *names: str) -> "Typed":
        """The same with only some of the types."""
        return Typed({name: self.kinds[name] for name in names})


def one_of(*names: str) -> Extra:
    """Exactly one of these fields."""

    def check(value: Json, at: str, found: Findings) -> None:
        given = [name for name in names if value.get(name) is not None]
        if not given:
            found.add(f"must provide one of: {', '.join(names)}", at)
        elif len(given) > 1:
            found.add(f"must not provide more than one of: {', '.join(given)}", at)

    return check


def some_of(*names: str) -> Extra:
    """At least one of these fields."""

    def check(value: Json, at: str, found: Findings) -> None:
        if all(value.get(name) is None for name in names):
            found.add(f"must provide one of: {', '.join(names)}", at)

    return check


def ordered(low: str, high: str) -> Extra:
    """`low` may not be over `high`."""

    def check(value: Json, at: str, found: Findings) -> None:
        try:
            upside_down = float(value[low]) > float(value[high])
        except (KeyError, TypeError, ValueError):
            return
        if upside_down:
            found.add(f"{low} must not be more than {high}", at)

    return check
