"""What is told when people and apps come and change."""

from slack_sandbox.hub import Hub
from slack_sandbox.outbound.events import publish
from slack_sandbox.payloads.pages import page_commands, page_person
from slack_sandbox.payloads.people import user_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person


def person_changed(hub: Hub, person: Person, *, is_new: bool) -> None:
    """`team_join` for somebody new, `user_change` for somebody changed."""
    event: Json = {"type": "team_join" if is_new else "user_change", "user": user_payload(hub, person)}
    event |= {"cache_ts": int(hub.clock.now()), "event_ts": hub.new_ts()}
    publish(hub, event)
    person_shown(hub, person)


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
