"""`response.slack.cache` and `response.slack.reference_utils`: who people are, and how texts mention them."""

from typing import Any

from emoji import emojize

from response.core.models import Person
from response.slack.compat.client import SlackClient
from response.slack.models import SlackChannel
from response.slack.payloads import dict_at
from response.slack.people import learn
from response.slack.text import Names, pieces, plain

Profile = dict[str, Any]


def get_user_profile(external_id: str) -> Profile:
    """Return what we know of somebody: id, name, fullname, email, deleted. Slack is asked the first time."""
    person = Person.objects.filter(app_id="slack", external_id=external_id).first()
    if person is None or not person.full_name:
        learn(dict_at(SlackClient().api_call("users.info", user=external_id), "user"))
        person = Person.objects.known_as(external_id)
    return profile_of(person)


def get_user_profile_by_email(email: str) -> Profile:
    """The same, of the person with this address. Raises SlackError when there is nobody."""
    person = Person.objects.filter(app_id="slack", email__iexact=email).first()
    if person is None:
        user = dict_at(SlackClient().api_call("users.lookupByEmail", email=email), "user")
        learn(user)
        person = Person.objects.known_as(user["id"])
    return profile_of(person)


def update_user_cache(exclude_bots: bool = False) -> None:
    """Ask Slack for everybody."""
    for user in SlackClient().users_list()["members"]:
        if not (exclude_bots and user.get("is_bot")):
            learn(user)


def profile_of(person: Person) -> Profile:
    return {
        "id": person.external_id,
        "name": person.display_name,
        "fullname": person.full_name,
        "email": person.email or None,
        "deleted": person.deleted,
    }


def channel_reference(channel_id: str | None) -> str | None:
    """Return the mention of a channel."""
    return f"<#{channel_id}>" if channel_id else None


def user_reference(user_id: str | None) -> str | None:
    """Return the mention of a person."""
    return f"<@{user_id}>" if user_id else None


def reference_to_id(value: str) -> str | None:
    """Return the id of the first person or channel that a text mentions."""
    return next((piece.text for piece in pieces(value) if piece.kind in {"person", "channel"}), None)


def user_ref_to_username(value: str) -> str:
    """Return "@name" for the mention or the id of a person."""
    return slack_to_human_readable(value if value.startswith("<") else f"<@{value}>")


def slack_to_human_readable(value: str) -> str:
    """Return a text with names for mentions, and emoji for their names."""
    found = list(pieces(value))
    people = Person.objects.filter(app_id="slack", external_id__in=[p.text for p in found if p.kind == "person"])
    channels = SlackChannel.objects.filter(channel_id__in=[p.text for p in found if p.kind == "channel"])
    names = Names({p.external_id: p.display_name or str(p) for p in people}, {c.channel_id: c.name for c in channels})
    return emojize(plain(value, names), language="alias")
