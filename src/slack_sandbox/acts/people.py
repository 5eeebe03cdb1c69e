"""What people say about themselves."""

from slack_sandbox.announce.people import person_shown, profile_changed
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person

OWN_COLUMNS = ("real_name", "display_name", "title", "email")


def change_profile(hub: Hub, person: Person, changes: Json) -> None:
    """Change names, title, status and the rest. First and last name make the real name."""
    for name in OWN_COLUMNS:
        if name in changes:
            setattr(person, name, str(changes[name]))
    if {"first_name", "last_name"} & changes.keys():
        first, _, last = person.real_name.partition(" ")
        person.real_name = f"{changes.get('first_name', first)} {changes.get('last_name', last)}".strip()
    kept = {name: value for name, value in changes.items() if name not in (*OWN_COLUMNS, "first_name", "last_name")}
    person.profile = {**person.profile, **kept}
    if "status_text" in kept:
        person.profile["status_text_canonical"] = ""
    person.updated = int(hub.clock.now())
    profile_changed(hub, person, has_status=bool(changes.keys() & {"status_text", "status_emoji", "status_expiration"}))


def set_photo(hub: Hub, person: Person, photo: str) -> None:
    """Show another picture, or the initials."""
    person.photo = photo
    person.updated = int(hub.clock.now())
    profile_changed(hub, person, has_status=False)


def set_presence(hub: Hub, person: Person, presence: str) -> None:
    """Be `active` or `away`."""
    person.presence = presence
    person_shown(hub, person)
