"""Whom and what the text of a message mentions."""

import pytest

from response.core.models import Incident, Person
from response.plugins import document_url, links_in, page_url, people_in, words_in


def test_people_are_found_as_slack_writes_them(db: None) -> None:
    found = people_in("<@ULEE|lee> and <@UBO>, and <@ULEE> again, but no @rae and no <!here>")
    assert [person.external_id for person in found] == ["ULEE", "UBO"]
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("<https://wiki.example.org/a?b=1&amp;c=2|the wiki>", ["https://wiki.example.org/a?b=1&c=2"]),
        ("see https://a.example and <https://b.example>", ["https://a.example", "https://b.example"]),
        ("<https://a.example> <https://a.example|twice>", ["https://a.example"]),
        ("wiki.example.org, <mailto:lee@example.org|lee>, xhttps://a.example", []),
    ],
)
def test_links_are_found_with_and_without_slacks_signs(text: str, links: list[str]) -> None:
    assert links_in(text) == links


def test_words_are_what_is_left() -> None:
    assert words_in("Payments\n<@ULEE> gateway <https://a.example|here> ") == "Payments gateway"


def test_addresses_begin_where_people_reach_the_pages(incident: Incident, settings: object) -> None:
    settings.SITE_URL = "https://incidents.example.org"  # type: ignore[attr-defined]
    assert document_url(incident) == f"https://incidents.example.org/incident/{incident.pk}/"
    assert page_url("home") == "https://incidents.example.org/"
