"""What stands in the text of a message, which comes as Slack writes it: people as `<@U1>`, links as `<https://…>`."""

import re

from response.core.models import Person

PERSON = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")
LINK = re.compile(r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>|(?<![<\w])(https?://[^\s<>|]+)", re.IGNORECASE)


def people_in(text: str) -> list[Person]:
    """Return the people that a text mentions, in its order, each once."""
    return [Person.objects.known_as(user_id) for user_id in dict.fromkeys(PERSON.findall(text))]


def links_in(text: str) -> list[str]:
    """Return the web addresses in a text, in its order, each once, without their labels."""
    found = (marked or bare for marked, bare in LINK.findall(text))
    return list(dict.fromkeys(address.replace("&amp;", "&") for address in found))


def words_in(text: str) -> str:
    """Return a text without its mentions of people and its links, and with single spaces."""
    return " ".join(LINK.sub(" ", PERSON.sub(" ", text)).split())
