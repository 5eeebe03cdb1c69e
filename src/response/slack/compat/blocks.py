"""`response.slack.block_kit`: the original's blocks. Each serialises itself to what Slack takes."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings

from response.slack.payloads import JsonDict


class Serializable(Protocol):
    def serialize(self) -> JsonDict: ...


class Text:
    """A text; with a title before it, and a line break between the two if wanted."""

    def __init__(
        self, text: str, title: str | None = None, text_type: str = "mrkdwn", add_new_line: bool = False
    ) -> None:
        self.text, self.title, self.text_type, self.add_new_line = text, title, text_type, add_new_line

    def serialize(self) -> JsonDict:
        title = f"*{self.title}*" + ("\n" if self.add_new_line else " ") if self.title else ""
        return {"type": self.text_type, "text": title + self.text}


class Confirm:
    """A question asked before a button acts."""

    def __init__(self, title: str, text: str, confirm: str = "Yes", deny: str = "No") -> None:
        self.title, self.text, self.confirm, self.deny = title, text, confirm, deny

    def serialize(self) -> JsonDict:
        return {name: plain(text) for name, text in self.__dict__.items()}


class Button:
    """A button. Pressing it runs the `@action_handler` of `action_id`."""

    def __init__(self, text: str, action_id: str, value: Any = None, confirm: Confirm | None = None) -> None:
        self.text, self.action_id, self.value, self.confirm = text, action_id, value, confirm

    def serialize(self) -> JsonDict:
        button = {"type": "button", "text": plain(self.text), "action_id": self.action_id}
        value = {"value": str(self.value)} if self.value else {}
        return button | value | ({"confirm": self.confirm.serialize()} if self.confirm else {})


class StaticSelectOption:
    """What can be chosen in a StaticSelect."""

    def __init__(self, text: str, value: Any) -> None:
        self.text, self.value = text, value

    def serialize(self) -> JsonDict:
        return {"text": plain(self.text), "value": str(self.value)}


class StaticSelect:
    """A list to choose from. Choosing runs the `@action_handler` of `action_id`."""

    def __init__(
        self, options: Sequence[StaticSelectOption], action_id: str, placeholder_text: str | None = None
    ) -> None:
        self.options, self.action_id, self.placeholder_text = options, action_id, placeholder_text

    def serialize(self) -> JsonDict:
        options = [option.serialize() for option in self.options]
        select = {"type": "static_select", "action_id": self.action_id, "options": options}
        return select | ({"placeholder": plain(self.placeholder_text)} if self.placeholder_text else {})


class Section:
    """A paragraph, or fields in two columns; with fields, text and accessory are left out."""

    def __init__(
        self,
        block_id: str | None = None,
        text: Text | None = None,
        accessory: Serializable | None = None,
        fields: Sequence[Text] | None = None,
    ) -> None:
        self.block_id, self.text, self.accessory, self.fields = block_id, text, accessory, fields

    def serialize(self) -> JsonDict:
        if not (self.text or self.accessory or self.fields):
            raise ValueError("A section needs a text, an accessory or fields.")
        section = {"type": "section"} | named(self.block_id)
        if self.fields:
            return section | {"fields": [field.serialize() for field in self.fields]}
        parts = {"text": self.text, "accessory": self.accessory}
        return section | {name: part.serialize() for name, part in parts.items() if part}


class Actions:
    """A row of buttons and lists."""

    def __init__(self, block_id: str | None = None, elements: Sequence[Serializable] | None = None) -> None:
        self.block_id, self.elements = block_id, list(elements or [])

    def add_element(self, element: Serializable) -> None:
        """Add a button or list."""
        self.elements.append(element)

    def serialize(self) -> JsonDict:
        return {"type": "actions", "elements": [each.serialize() for each in self.elements]} | named(self.block_id)


class Divider:
    """A line."""

    def serialize(self) -> JsonDict:
        return {"type": "divider"}


class Message:
    """Blocks, and the text that notifications show."""

    def __init__(self) -> None:
        self.blocks: list[Serializable] = []
        self.fallback_text = ""

    def add_block(self, block: Serializable) -> None:
        """Add a block below the others."""
        self.blocks.append(block)

    def set_fallback_text(self, text: str) -> None:
        """Say what notifications show."""
        self.fallback_text = text

    def serialize(self) -> list[JsonDict]:
        return [block.serialize() for block in self.blocks]

    def send(self, channel: str, ts: str | None = None) -> Any:
        """Post it, or put it in the place of the message at `ts`, when the handler is done."""
        return settings.SLACK_CLIENT.send_or_update_message_block(channel, self.serialize(), self.fallback_text, ts)


def plain(text: str) -> JsonDict:
    return {"type": "plain_text", "text": text, "emoji": True}


def named(block_id: str | None) -> JsonDict:
    return {"block_id": block_id} if block_id else {}
