"""What Slack sends, as values. Raw payloads stop here.

Every reader takes whatever may have come and raises Malformed instead of failing later.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl


class Malformed(Exception):
    """The payload is not what Slack sends; the message says what is missing."""


JsonDict = dict[str, Any]

# PostgreSQL stores every character but this one.
NUL = "\x00"
MENTION = re.compile(r"<@[UW][A-Z0-9]{1,30}(?:\|[^>]*)?>")


def read_json(text: str) -> JsonDict:
    """Return a JSON object. Raises Malformed."""
    try:
        # JSON can hide what PostgreSQL refuses behind an escape.
        found = json.loads(text.replace("\\u0000", "\\ufffd").replace(NUL, "\ufffd"))
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()  # PostgreSQL has no NaN and no half characters
    except ValueError as error:
        raise Malformed("it is not JSON") from error
    except RecursionError as error:
        raise Malformed("it is nested too deeply") from error
    if not isinstance(found, dict):
        raise Malformed("it is not a JSON object")
    return found


def read_form(text: str) -> dict[str, str]:
    """Return the fields of a form. Raises Malformed."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=100)
        return {name: value.replace(NUL, "\ufffd") for name, value in pairs}
    except ValueError as error:
        raise Malformed("it is not a form") from error


def text_at(payload: Any, *path: str) -> str:
    """Return the text at the path, or "" when there is none."""
    for step in path:
        payload = payload.get(step) if isinstance(payload, dict) else None
    return payload if isinstance(payload, str) else ""


def dict_at(payload: Any, *path: str) -> JsonDict:
    """Return the object at the path, or {} when there is none."""
    for step in path:
        payload = payload.get(step) if isinstance(payload, dict) else None
    return payload if isinstance(payload, dict) else {}


def list_at(payload: Any, *path: str) -> list[Any]:
    """Return the list at the path, or [] when there is none."""
    found = dict_at(payload, *path[:-1]).get(path[-1])
    return found if isinstance(found, list) else []


def time_of(ts: str) -> datetime | None:
    """Return the moment of a Slack timestamp, or None when it is none."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def spoken(text: str) -> str:
    """Return the words of a text, without the people it mentions: their names and labels are no keywords."""
    return MENTION.sub(" ", text)


def digest(text: str) -> str:
    """Return a short name for a payload that Slack gave none."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Event:
    """An Events API callback."""

    key: str
    raw: JsonDict

    @classmethod
    def of(cls, payload: JsonDict) -> "Event":
        inner = dict_at(payload, "event")
        if not text_at(inner, "type"):
            raise Malformed("the event has no type")
        key = text_at(payload, "event_id") or digest(json.dumps(payload, sort_keys=True))
        return cls(f"event:{key}"[:100], payload)

    @property
    def inner(self) -> JsonDict:
        """The event proper."""
        return dict_at(self.raw, "event")

    @property
    def type(self) -> str:
        return text_at(self.inner, "type")

    @property
    def subtype(self) -> str:
        return text_at(self.inner, "subtype")

    @property
    def channel(self) -> str:
        """The channel it happened in, or ""."""
        event = self.inner
        return (
            text_at(event, "channel")
            or text_at(event, "channel_id")
            or text_at(event, "channel", "id")
            or text_at(event, "item", "channel")
        )

    @property
    def user(self) -> str:
        """Who did it, or ""."""
        return text_at(self.inner, "user") or text_at(self.inner, "user", "id")

    @property
    def text(self) -> str:
        return text_at(self.inner, "text")

    @property
    def ts(self) -> str:
        return text_at(self.inner, "ts")

    @property
    def thread_ts(self) -> str:
        return text_at(self.inner, "thread_ts")

    @property
    def is_our_own(self) -> bool:
        """Whether our own bot caused it: Slack sends an app its own messages back."""
        ours = [
            text_at(entry, "user_id")
            for entry in list_at(self.raw, "authorizations")
            if dict_at({"e": entry}, "e").get("is_bot")
        ]
        app = text_at(self.inner, "app_id")
        return bool((self.user and self.user in ours) or (app and app == text_at(self.raw, "api_app_id")))

    @property
    def is_from_bot(self) -> bool:
        """Whether a bot said it."""
        return bool(text_at(self.inner, "bot_id")) or self.subtype == "bot_message"


@dataclass(frozen=True)
class Command:
    """A slash command."""

    key: str
    raw: dict[str, str]

    @classmethod
    def of(cls, form: dict[str, str]) -> "Command":
        for name in ("command", "user_id", "trigger_id"):
            if not form.get(name):
                raise Malformed(f"{name} is missing")
        return cls(f"command:{form['trigger_id']}"[:100], form)

    @property
    def user(self) -> str:
        return self.raw["user_id"]

    @property
    def user_name(self) -> str:
        return self.raw.get("user_name", "")

    @property
    def channel(self) -> str:
        return self.raw.get("channel_id", "")

    @property
    def text(self) -> str:
        return self.raw.get("text", "")

    @property
    def trigger_id(self) -> str:
        return self.raw["trigger_id"]

    @property
    def response_url(self) -> str:
        return self.raw.get("response_url", "")


@dataclass(frozen=True)
class Interaction:
    """A button, select or form."""

    key: str
    raw: JsonDict

    @classmethod
    def of(cls, payload: JsonDict) -> "Interaction":
        if not text_at(payload, "type"):
            raise Malformed("the interaction has no type")
        if not text_at(payload, "user", "id"):
            raise Malformed("the interaction has no user")
        view = dict_at(payload, "view")
        if text_at(payload, "type") == "view_submission" and text_at(view, "id"):
            return cls(f"view:{text_at(view, 'id')}:{text_at(view, 'hash')}"[:100], payload)
        name = text_at(payload, "trigger_id") or digest(json.dumps(payload, sort_keys=True))
        return cls(f"action:{name}"[:100], payload)

    @property
    def type(self) -> str:
        return text_at(self.raw, "type")

    @property
    def user(self) -> str:
        return text_at(self.raw, "user", "id")

    @property
    def user_name(self) -> str:
        return text_at(self.raw, "user", "username") or text_at(self.raw, "user", "name")

    @property
    def channel(self) -> str:
        """Where the button stood, or where the form was asked for."""
        return (
            text_at(self.raw, "channel", "id")
            or text_at(self.raw, "container", "channel_id")
            or self.remembered.get("channel", "")
        )

    @property
    def message_ts(self) -> str:
        """The message that the button stands in, or ""."""
        return text_at(self.raw, "message", "ts") or text_at(self.raw, "container", "message_ts")

    @property
    def trigger_id(self) -> str:
        return text_at(self.raw, "trigger_id")

    @property
    def response_url(self) -> str:
        return text_at(self.raw, "response_url") or self.remembered.get("response_url", "")

    @property
    def view(self) -> JsonDict:
        return dict_at(self.raw, "view")

    @property
    def callback_id(self) -> str:
        return text_at(self.view, "callback_id") or text_at(self.raw, "callback_id")

    @property
    def remembered(self) -> dict[str, str]:
        """What our form carries: where it was asked for, and its `state`."""
        try:
            found = json.loads(text_at(self.view, "private_metadata") or "{}")
        except ValueError:
            return {}
        return (
            {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}
        )

    @property
    def presses(self) -> list["Press"]:
        """What was pressed or chosen; Slack sends one at a time, and allows for more."""
        return [Press(action) for action in list_at(self.raw, "actions") if isinstance(action, dict)]


@dataclass(frozen=True)
class Press:
    """One element that was used."""

    raw: JsonDict = field(repr=False)

    @property
    def action_id(self) -> str:
        return text_at(self.raw, "action_id")

    @property
    def value(self) -> str:
        """What the element says: a button's value, or what was chosen."""
        return (
            text_at(self.raw, "value")
            or text_at(self.raw, "selected_option", "value")
            or text_at(self.raw, "selected_user")
            or text_at(self.raw, "selected_channel")
            or text_at(self.raw, "selected_conversation")
            or text_at(self.raw, "selected_date")
        )
