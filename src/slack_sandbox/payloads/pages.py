"""People, channels and commands in the short form the browser client works with."""

from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person


def page_person(hub: Hub, person: Person) -> Json:
    """A person or bot."""
    app = hub.workspace.apps.get(person.app_id or "")
    shown: Json = {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "display_name": person.display_name,
        "title": person.title,
        "tz": person.tz,
        "color": f"#{person.color}",
        "is_bot": person.is_bot,
        "is_app_user": app is not None,
        "deleted": person.deleted,
        "presence": person.presence,
    }
    if app is not None:
        shown |= {"app_id": app.id, "icon_emoji": app.icon_emoji}
    return shown


def page_channel(channel: Channel, viewer: str) -> Json:
    """A channel or direct message, as one person sees it."""
    unread, mentions = channel.unread(viewer)
    shown: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_direct,
        "is_private": channel.kind != "public",
        "is_im": channel.kind == "im",
        "is_archived": channel.is_archived,
        "is_member": viewer in channel.members,
        "topic": channel.topic["value"],
        "purpose": channel.purpose["value"],
        "created": channel.created,
        "creator": channel.creator,
        "num_members": len(channel.members),
        "last_read": channel.last_read.get(viewer, "0000000000.000000"),
        "latest": channel.log.latest,
        "unread": unread,
        "mentions": mentions,
        "bookmarks": [{key: mark.get(key) for key in ("id", "title", "link", "emoji")} for mark in channel.bookmarks],
        "pins": [pin["ts"] for pin in channel.pins],
    }
    if channel.kind == "im":
        shown["user"] = channel.other_than(viewer)
    return shown


def page_commands(hub: Hub) -> list[Json]:
    """The slash commands one can type; of two apps with the same one, the later installed has it."""
    offered: dict[str, Json] = {}
    for app in sorted(hub.workspace.apps.values(), key=lambda app: app.installed):
        for command in app.commands:
            offered[command["command"]] = {
                "command": command["command"],
                "description": command.get("description", ""),
                "usage_hint": command.get("usage_hint", ""),
                "app_id": app.id,
                "app_name": app.name,
            }
    return sorted(offered.values(), key=lambda command: str(command["command"]))


def page_shortcuts(hub: Hub) -> list[Json]:
    """Global and message shortcuts."""
    return [
        {
            "callback_id": shortcut["callback_id"],
            "name": shortcut["name"],
            "description": shortcut.get("description", ""),
            "type": shortcut.get("type", "global"),
            "app_id": app.id,
            "app_name": app.name,
        }
        for app in hub.workspace.apps.values()
        for shortcut in app.shortcuts
    ]
