"""Who is behind an id. The id is enough to act; the name follows."""

from datetime import timedelta

from response.core import clock
from response.core.errors import PermanentError
from response.core.models import Person
from response.slack import client
from response.slack.payloads import dict_at, text_at
from response.slack.queue import CHORE, defer

STALE = timedelta(days=1)


def known(user_id: str, *, name: str = "") -> Person:
    """Return the person with this Slack id, and ask for their profile when it is unknown or a day old."""
    person = Person.objects.known_as(user_id, name=name)
    if person.profile_read_at is None or clock.now() - person.profile_read_at > STALE:
        # Marked first: whoever sees them next in this second does not ask again.
        Person.objects.filter(pk=person.pk).update(profile_read_at=clock.now())
        defer("read_profile", lock=f"profile:{user_id}", priority=CHORE, user_id=user_id)
    return person


def read_profile(user_id: str) -> None:
    """Take over what Slack says of a person now. Somebody Slack does not know stays as the id."""
    try:
        answer = client.call("users.info", user=user_id)
    except PermanentError:
        return
    learn(dict_at(answer, "user"))


def learn(user: dict[str, object]) -> None:
    """Take over a user object of Slack's."""
    user_id = text_at(user, "id")
    if not user_id:
        return
    profile = dict_at(user, "profile")
    full_name = text_at(profile, "real_name") or text_at(user, "real_name")
    Person.objects.known_as(user_id).learn(
        display_name=(text_at(profile, "display_name") or full_name or text_at(user, "name"))[:200],
        full_name=full_name[:200],
        email=text_at(profile, "email")[:254],
        timezone=text_at(user, "tz")[:60],
        is_bot=bool(user.get("is_bot")),
        deleted=bool(user.get("deleted")),
    )
