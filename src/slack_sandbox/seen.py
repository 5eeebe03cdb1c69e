"""Messages and forms as a person sees them: by what is written on them rather than by ids."""

import re
from collections.abc import Iterator
from typing import Any

from slack_sandbox.blocks.check import elements
from slack_sandbox.blocks.values import FIELDS, options, stateful
from slack_sandbox.shapes import Json

LABELLED = re.compile(r"^\s*\*?(?P<label>[^*\n:]+?):?\*?:?\s*[\n ]\s*(?P<value>.*)$", re.DOTALL)


class NotSeen(AssertionError):
    """What a test looks for is not there. The message says what is."""


class Message(Json):
    """A message; also the dict that Slack gives."""

    @property
    def text(self) -> str:
        """Its text, or the fallback of its blocks."""
        return str(self.get("text", ""))

    @property
    def ts(self) -> str:
        """Its id in its channel."""
        return str(self["ts"])

    @property
    def channel(self) -> str:
        """Where it stands."""
        return str(self["channel"])

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.get("is_ephemeral"))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, those of attachments too."""
        attached = [block for each in self.get("attachments") or () for block in each.get("blocks") or ()]
        return [*self.get("blocks", ()), *attached]

    @property
    def buttons(self) -> list[str]:
        """What is written on its buttons."""
        return [written_on(e) for _, e in controls(self.blocks) if e["type"] == "button"]

    @property
    def all_text(self) -> str:
        """Everything there is to read in it, a line each."""
        return "\n".join([self.text, *_read(self.blocks)])

    def field(self, label: str) -> str | None:
        """The value that stands under or after a label, as in `*Severity*\\nMinor` or `*Severity:* Minor`."""
        for text in _read(self.blocks):
            for part in (text, *text.splitlines()):
                found = LABELLED.match(part)
                if found and found["label"].strip().casefold() == label.casefold():
                    return found["value"].strip()
        return None


class Form(Json):
    """An open modal; also the view Slack gives."""

    @property
    def id(self) -> str:
        """Its view id."""
        return str(self["id"])

    @property
    def title(self) -> str:
        """What stands above it."""
        return str(self["title"]["text"])

    @property
    def labels(self) -> list[str]:
        """The labels of what can be filled in."""
        return [label_of(block) for block, _ in stateful(self["blocks"])]

    @property
    def all_text(self) -> str:
        """Everything there is to read in it."""
        return "\n".join(_read(self["blocks"]))

    def find(self, name: str) -> tuple[Json, Json]:
        """(block, element) by label, block id or action id."""
        for block, element in stateful(self["blocks"]):
            if name.casefold() in (label_of(block).casefold(), block["block_id"], element["action_id"]):
                return block, element
        raise NotSeen(f"The form {self.title!r} has no field {name!r}. It has: {', '.join(self.labels)}.")

    def value(self, name: str) -> Any:
        """What is filled in: text, the text of the option, an id, or a list of these."""
        block, element = self.find(name)
        entry = self["state"]["values"][block["block_id"]][element["action_id"]]
        filled = entry[FIELDS[element["type"]][0]]
        if isinstance(filled, list):
            return [_shown(each) for each in filled]
        return _shown(filled)

    def filled_in(self, fields: Json) -> Json:
        """The values to send: what is in the form already, and `fields` by label (None empties)."""
        values: Json = {}
        for block, element in stateful(self["blocks"]):
            entry = self["state"]["values"][block["block_id"]][element["action_id"]]
            filled = entry[FIELDS[element["type"]][0]]
            values.setdefault(block["block_id"], {})[element["action_id"]] = _plain(filled)
        for name, value in fields.items():
            block, element = self.find(name)
            values[block["block_id"]][element["action_id"]] = choice(element, value)
        return values


def choice(element: Json, value: Any) -> Any:
    """The plain value of an element for what a person would pick: the option's text or its value."""
    if isinstance(value, (list, tuple)):
        return [choice(element, each) for each in value]
    for option in options(element) if FIELDS.get(element["type"], ("",))[0].startswith("selected_option") else ():
        if value in (option["text"]["text"], option["value"]):
            return option["value"]
    return value


def controls(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """(block, element) of everything that can be pressed or chosen."""
    for block in blocks:
        for element in elements(block):
            if "action_id" in element:
                yield block, element


def find_control(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The control with this on it: a button's text or part of it, a placeholder, a label, an action id."""
    for block, element in controls(blocks):
        if name.casefold() in (written_on(element).casefold(), label_of(block).casefold(), element["action_id"]):
            return block, element
    for block, element in controls(blocks):
        if name.casefold() in written_on(element).casefold():
            return block, element
    seen = ", ".join(written_on(element) or element["action_id"] for _, element in controls(blocks))
    raise NotSeen(f"There is no {name!r} to press. There is: {seen or 'nothing'}.")


def written_on(element: Json) -> str:
    """A button's text or a menu's placeholder."""
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", ""))


def label_of(block: Json) -> str:
    """The label of an input."""
    return str((block.get("label") or {}).get("text", ""))


def _shown(value: Any) -> Any:
    return value["text"]["text"] if isinstance(value, dict) and "value" in value else value


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value["value"] if isinstance(value, dict) and "value" in value else value


def _read(blocks: list[Json]) -> list[str]:
    """The texts of blocks, one for each text object."""
    found: list[str] = []
    for block in blocks:
        parts = [block.get("text"), block.get("label"), block.get("hint"), *(block.get("fields") or ())]
        if block["type"] in ("context", "actions"):
            parts += [each.get("text") if isinstance(each.get("text"), dict) else each for each in block["elements"]]
        found += [str(part["text"]) for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str)]
        found += [part for part in parts if isinstance(part, str)]
    return found
