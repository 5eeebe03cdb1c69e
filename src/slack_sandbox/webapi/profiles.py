"""users.profile.*, users.setPhoto and users.deletePhoto"""

import base64
from typing import Any

from slack_sandbox.acts.people import change_profile, set_photo
from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.people import SIZES, pictures, profile_payload
from slack_sandbox.shapes import Json, words
from slack_sandbox.state.person import Person
from slack_sandbox.text.emoji import is_known
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.registry import method

SETTABLE = words("""
    display_name email fields first_name last_name phone pronouns real_name start_date status_emoji
    status_expiration status_text title
""")
LONGEST_STATUS = 100
LARGEST_PHOTO = 4_000_000
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@method("users.profile.get", "users.profile:read", errors="user_not_found")
def get_profile(call: Call) -> Json:
    """What somebody says about themselves."""
    person = call.person() if call.text("user") else call.me
    return {"profile": _shown(call, person)}


@method(
    "users.profile.set",
    "users.profile:write",
    tokens="user",
    errors="invalid_profile too_long must_clear_both_status_text_and_status_emoji not_admin email_taken"
    " invalid_emoji_not_allowed invalid_starts_with_at name_not_allowed profile_set_failed",
)
def set_profile(call: Call) -> Json:
    """Change one's profile; an administrator may change others'."""
    person = _target(call)
    changes = _changes(call)
    _check(call, person, changes)
    change_profile(call.hub, person, changes)
    return {"username": person.name, "profile": _shown(call, person)}


@method("users.setPhoto", "users.profile:write", tokens="user", errors="bad_image too_large")
def change_photo(call: Call) -> Json:
    """Have one's own picture."""
    given = call.files.get("image")
    kind = next((PICTURES[start] for start in PICTURES if given and given.content.startswith(start)), None)
    if given is None or kind is None:
        raise SlackError("bad_image")
    if len(given.content) > LARGEST_PHOTO:
        raise SlackError("too_large")
    set_photo(call.hub, call.me, f"data:{kind};base64,{base64.b64encode(given.content).decode()}")
    shown = pictures(call.hub, call.me.id, (*SIZES, 1024))
    return {"profile": {"avatar_hash": call.me.id.lower(), **shown, "image_original": shown["image_1024"]}}


@method("users.deletePhoto", "users.profile:write", tokens="user")
def delete_photo(call: Call) -> Json:
    """Go back to one's initials."""
    set_photo(call.hub, call.me, "")
    return {}


def _target(call: Call) -> Person:
    if call.text("user") in (None, call.me.id):
        return call.me
    if not call.me.is_admin:
        raise SlackError("not_admin")
    return call.person("user", "profile_set_failed")


def _changes(call: Call) -> Json:
    changes: Any = call.data("profile", "invalid_profile")
    if changes is None:
        changes = {call.required("name", "invalid_profile"): call.args.get("value", "")}
    if not isinstance(changes, dict) or not changes.keys() <= SETTABLE or len(changes) > 50:
        raise SlackError("invalid_profile")
    return changes


def _check(call: Call, person: Person, changes: Json) -> None:
    if len(str(changes.get("status_text", ""))) > LONGEST_STATUS:
        raise SlackError("too_long")
    status = {name: changes[name] for name in ("status_text", "status_emoji") if name in changes}
    if status and not any(status.values()) and len(status) == 1 and any(_status(person)):
        raise SlackError("must_clear_both_status_text_and_status_emoji")
    emoji = str(changes.get("status_emoji") or "").strip(":")
    if emoji and not is_known(emoji, set(call.hub.workspace.emoji)):
        raise SlackError("invalid_emoji_not_allowed")
    name = str(changes.get("display_name") or changes.get("real_name") or "")
    if name.startswith("@"):
        raise SlackError("invalid_starts_with_at")
    if "://" in name:
        raise SlackError("name_not_allowed")
    if "email" in changes:
        _check_email(call, person, str(changes["email"]))


def _check_email(call: Call, person: Person, email: str) -> None:
    if not call.me.is_admin:
        raise SlackError("not_admin")
    if any(other.email == email and other is not person for other in call.hub.workspace.people.values()):
        raise SlackError("email_taken")


def _status(person: Person) -> tuple[str, str]:
    return str(person.profile.get("status_text", "")), str(person.profile.get("status_emoji", ""))


def _shown(call: Call, person: Person) -> Json:
    profile = profile_payload(call.hub, person, email=call.may("users:read.email"))
    for name in ("team", "api_app_id", "bot_id"):  # users.info has them, this has not
        profile.pop(name, None)
    return profile | {"fields": person.profile.get("fields", {})}
