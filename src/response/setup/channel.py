"""The incidents channel: found or made, and joined; and the first words in it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from response.core.errors import TemporaryError
from response.setup.answers import Mistake
from response.slack import client
from response.slack.client import RateLimited, SlackRefused
from response.slack.payloads import list_at, text_at

Call = Callable[..., dict[str, Any]]
LONGEST_WAIT = 60.0
HELLO = "response-hello"

PRIVATE = (
    "There is a channel #{name} that the app cannot see: it is private. Make a public one under another name, "
    "or make #{name} public."
)
ARCHIVED = "#{name} is archived, and an app cannot change that: somebody has to unarchive it. Or name another channel."
NOT_ALLOWED = "The workspace does not let apps make channels. Make #{name} yourself, and say its name here again."


def caller(token: str, api_url: str, *, wait: Callable[[float], None] = time.sleep) -> Call:
    """Return a way to call Slack that comes back once when Slack asks for it."""

    def call(method: str, **arguments: Any) -> dict[str, Any]:
        try:
            return client.ask(method, token=token, api_url=api_url, **arguments).data
        except RateLimited as error:
            if (error.retry_after or 0) > LONGEST_WAIT:
                raise
            wait(error.retry_after or 1)
            return client.ask(method, token=token, api_url=api_url, **arguments).data

    return call


def prepare(name: str, call: Call) -> str:
    """Have the app in the channel of this name, and return its id. Raises Mistake when that cannot be."""
    try:
        channel = find(name, call) or make(name, call)
        if channel.get("is_archived"):
            raise Mistake(ARCHIVED.format(name=name))
        if not channel.get("is_member"):
            call("conversations.join", channel=text_at(channel, "id"))
    except SlackRefused as error:
        raise Mistake(reason(error, name)) from error
    except TemporaryError as error:
        raise Mistake(f"Slack cannot be asked now ({error}). Try again in a minute.") from error
    return text_at(channel, "id")


def reason(error: SlackRefused, name: str) -> str:
    """Return why a channel cannot be used, with what to do."""
    known = {
        "is_archived": ARCHIVED,
        "name_taken": PRIVATE,
        "restricted_action": NOT_ALLOWED,
        "missing_scope": "The app lacks a scope for this: {needed}. Put it on, and install the app again.",
    }
    text = known.get(error.error) or f"Slack says {error.error} about #{{name}}. {error.advice}"
    return text.format(name=name, needed=text_at(error.answer, "needed")).strip()


def find(name: str, call: Call) -> dict[str, Any] | None:
    """Return the public channel of this name, archived or not."""
    return next((channel for channel in every_channel(call) if text_at(channel, "name") == name), None)


def every_channel(call: Call) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = call("conversations.list", types="public_channel", limit=200, cursor=cursor)
        yield from list_at(page, "channels")
        cursor = text_at(page, "response_metadata", "next_cursor") or None
        if cursor is None:
            return


def make(name: str, call: Call) -> dict[str, Any]:
    channel: dict[str, Any] = call("conversations.create", name=name, is_private=False)["channel"]
    return channel | {"is_member": True}


def say_hello(channel: str, command: str, call: Call) -> None:
    """Post a message whose button Response answers once it runs."""
    text = f"Response is set up here: each incident gets one post in this channel. `{command}` reports one."
    button = {
        "type": "button",
        "action_id": HELLO,
        "text": {"type": "plain_text", "text": "Is it listening?"},
        "value": "hello",
    }
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [button]},
    ]
    try:
        call("chat.postMessage", channel=channel, text=text, blocks=blocks)
    except (SlackRefused, TemporaryError) as error:
        raise Mistake(f"The greeting could not be posted ({error}). Everything else is done.") from error
