"""What is told when people and apps come and change."""

from slack_sandbox.hub import Hub
from slack_sandbox.outbound.events import publish
from slack_sandbox.payloads.pages import page_commands, page_person
from slack_sandbox.payloads.people import user_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person


def person_changed(hub: Hub, person: Person, *, is_new: bool) -> None:
    """`team_join` for somebody new, `user_change` for somebody changed."""
    event: Json = {"type": "team_join" if is_new else "user_change", "user": _told(hub, person)}
    event |= {"cache_ts": int(hub.clock.now()), "event_ts": hub.new_ts()}
    publish(hub, event)
    person_shown(hub, person)


def profile_changed(hub: Hub, person: Person, *, has_status: bool) -> None:
    """`user_change`, `user_profile_changed`, and `user_status_changed` when it is about the status."""
    event = {"user": _told(hub, person), "cache_ts": int(hub.clock.now())}
    kinds = ["user_change", "user_profile_changed", *(["user_status_changed"] if has_status else [])]
    for kind in kinds:
        publish(hub, {"type": kind, **event, "event_ts": hub.new_ts()})
    person_shown(hub, person)


def _told(hub: Hub, person: Person) -> Json:
    """A person as events describe them: with what users.info gives only when asked."""
    user = user_payload(hub, person)
    more = {
        "fields": person.profile.get("fields", {}),
        "huddle_state": "default_unset",
        "huddle_state_expiration_ts": 0,
    }
    return user | {"locale": "en-US", "profile": user["profile"] | more}


def person_shown(hub: Hub, person: Person) -> None:
    """Pages show somebody as they are now."""
    hub.feeds.tell({"type": "people", "people": [page_person(hub, person)]})
    hub.touch()


def commands_changed(hub: Hub) -> None:
    """Pages offer the commands of the apps installed now."""
    hub.feeds.tell({"type": "commands", "commands": page_commands(hub)})
    hub.touch()


def group_changed(hub: Hub, group: Json, added: list[str], removed: list[str]) -> None:
    """Members of a user group changed."""
    event: Json = {
        "type": "subteam_members_changed",
        "subteam_id": group["id"],
        "team_id": hub.workspace.team.id,
        "date_previous_update": group["date_update"],
        "date_update": int(hub.clock.now()),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
        "event_ts": hub.new_ts(),
    }
    publish(hub, event)
    hub.touch()


def group_made_or_changed(hub: Hub, group: Json, *, is_new: bool) -> None:
    """A user group is there, or has another name, handle or state."""
    kind = "subteam_created" if is_new else "subteam_updated"
    publish(hub, {"type": kind, "subteam": group, "event_ts": hub.new_ts()})
    hub.touch()


def dnd_changed(hub: Hub, person: Person, status: Json) -> None:
    """Somebody does not want to be disturbed, or does again."""
    publish(hub, {"type": "dnd_updated_user", "user": person.id, "dnd_status": status, "event_ts": hub.new_ts()})
    hub.touch()


def emoji_changed(hub: Hub, added: dict[str, str]) -> None:
    """There are new custom emoji."""
    for name, value in added.items():
        event = {"type": "emoji_changed", "subtype": "add", "name": name, "value": value, "event_ts": hub.new_ts()}
        publish(hub, event)
    hub.touch()


def team_renamed(hub: Hub, name: str) -> None:
    """The workspace is called something else."""
    publish(hub, {"type": "team_rename", "name": name, "team_id": hub.workspace.team.id, "event_ts": hub.new_ts()})
    hub.touch()
