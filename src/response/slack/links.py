"""Where things are in Slack, for people to go there."""

from typing import Any

from django.conf import settings

from response.slack.payloads import JsonDict, list_at, text_at

Link = tuple[str, str]


def channel(channel_id: str) -> str:
    """Return the address of a channel, in whichever workspace somebody is signed in to."""
    return f"{settings.SLACK_API_URL.removesuffix('api/')}archives/{channel_id}"


def message(metadata: dict[str, Any]) -> str:
    """Return the address of the message that an entry's data speak of; "" when it is none, or one by its file."""
    if is_address(known := text_at(metadata, "permalink")):
        return known
    channel_id, ts = text_at(metadata, "channel_id"), text_at(metadata, "message_ts")
    is_message = channel_id.isalnum() and ts.replace(".", "", 1).isdecimal()
    return f"{channel(channel_id)}/p{ts.replace('.', '')}" if is_message else ""


def files(metadata: dict[str, Any]) -> list[Link]:
    """Return the names and addresses of an entry's files. They are shown by Slack, to whom it knows."""
    found = [each for each in list_at(metadata, "files") if isinstance(each, dict)]
    links = [(text_at(each, "name") or "a file", text_at(each, "permalink")) for each in found]
    return [link for link in links if is_address(link[1])]


def described(file: JsonDict) -> dict[str, str]:
    """Return what is kept of a file of Slack's."""
    return {"name": text_at(file, "title") or text_at(file, "name"), "permalink": text_at(file, "permalink")}


def is_address(text: str) -> bool:
    """Whether a text is an address that a page may link to."""
    return text.startswith(("https://", "http://"))
