"""The list of all incidents: what the address asks for is what is shown, page after page, and nothing is left out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from response.core import actions
from response.core.models import Incident, Person, Pulse
from response.search import index
from tests.conftest import signed_in
from tests.unit.test_acts import shown

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def incidents(rae: Person, lee: Person) -> list[Incident]:
    """Sixty incidents, some at one moment, of every severity and of none; every third is closed, every fourth Lee's."""
    found = [
        Incident(
            report=f"Queue {number} is full",
            reporter=rae,
            report_time=BEGAN + timedelta(hours=number // 2),
            start_time=BEGAN + timedelta(hours=number // 2),
            end_time=BEGAN + timedelta(hours=number) if number % 3 == 0 else None,
            severity=(None, "1", "2", "3", "4")[number % 5],
            lead=lee if number % 4 == 0 else None,
        )
        for number in range(60)
    ]
    return QuerySet(Incident).bulk_create(found)  # past the record's own, which opens each with all that follows


def numbers(answer: Any) -> list[int]:
    """The incidents on a page, in order."""
    main = answer.content.decode().partition("<main")[2]
    return [int(number) for number in re.findall(r'class="number">#(\d+)', main)]


def beside(answer: Any, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]*)"', answer.content.decode())
    return found[1].replace("&amp;", "&") if found else None


def pages_of(browser: Client, query: str) -> Iterator[list[int]]:
    """Every page of a list, as somebody goes on from one to the next."""
    path: str | None = f"/incidents/?{query}"
    while path:
        answer = browser.get(path)
        yield numbers(answer)
        more = beside(answer, "next")
        path = f"/incidents/{more}" if more else None


def expected(incidents: list[Incident], sort: str) -> list[int]:
    keys = {
        "newest": lambda i: (-i.report_time.timestamp(), -i.pk),
        "oldest": lambda i: (i.report_time.timestamp(), i.pk),
        "severity": lambda i: (i.severity or "9", -i.report_time.timestamp(), -i.pk),
    }
    return [incident.pk for incident in sorted(incidents, key=keys[sort])]


@pytest.mark.parametrize("sort", ["newest", "oldest", "severity"])
def test_pages_hold_everything_once_and_in_order(sort: str, pages: Client, incidents: list[Incident]) -> None:
    found = list(pages_of(pages, f"sort={sort}"))
    assert [len(page) for page in found] == [25, 25, 10]
    assert [number for page in found for number in page] == expected(incidents, sort)


@pytest.mark.parametrize("sort", ["newest", "oldest", "severity"])
def test_the_way_back_leads_over_the_same_pages(sort: str, pages: Client, incidents: list[Incident]) -> None:
    forth = [pages.get(f"/incidents/?sort={sort}")]
    while more := beside(forth[-1], "next"):
        forth.append(pages.get(f"/incidents/{more}"))
    back = [forth[-1]]
    while less := beside(back[-1], "prev"):
        back.append(pages.get(f"/incidents/{less}"))
    assert [numbers(page) for page in reversed(back)] == [numbers(page) for page in forth]


def test_what_is_declared_meanwhile_moves_nothing(pages: Client, incidents: list[Incident], rae: Person) -> None:
    first = pages.get("/incidents/")
    actions.declare("Another", by=rae)
    assert numbers(pages.get(f"/incidents/{beside(first, 'next')}")) == expected(incidents, "newest")[25:50]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("status=open", lambda i: i.end_time is None),
        ("status=closed", lambda i: i.end_time is not None),
        ("severity=1", lambda i: i.severity == "1"),
        ("severity=none", lambda i: i.severity is None),
        ("lead=Lee+Leader", lambda i: i.lead is not None),
        ("lead=nobody", lambda i: i.lead is None),
        ("lead=nobody&status=open&severity=2", lambda i: not i.lead and not i.end_time and i.severity == "2"),
        ("since=2026-01-02", lambda i: i.report_time >= BEGAN + timedelta(days=1)),
        ("until=2026-01-01", lambda i: i.report_time < BEGAN + timedelta(days=1)),
        ("since=2026-01-01&until=2026-01-01&sort=oldest", lambda i: i.report_time < BEGAN + timedelta(days=1)),
    ],
)
def test_filters(query: str, wanted: Any, pages: Client, incidents: list[Incident]) -> None:
    found = [number for page in pages_of(pages, query) for number in page]
    assert sorted(found) == [incident.pk for incident in incidents if wanted(incident)]


def test_days_are_the_readers(lee: Person, incidents: list[Incident]) -> None:
    Person.objects.filter(pk=lee.pk).update(timezone="Asia/Tokyo")
    found = numbers(signed_in(lee).get("/incidents/?until=2026-01-01&sort=oldest"))
    assert found == [incident.pk for incident in incidents if incident.report_time < BEGAN + timedelta(hours=15)][:25]


def test_a_search_can_be_filtered_sorted_and_paged(pages: Client, incidents: list[Incident]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    index.catch_up()
    for query in ("q=full", "q=full&sort=oldest", "q=full&sort=severity"):
        found = [number for page in pages_of(pages, query) for number in page]
        assert sorted(found) == [incident.pk for incident in incidents]
    assert numbers(pages.get("/incidents/?q=queue+59")) == [incidents[59].pk]
    answer = pages.get(f"/incidents/?q=%23{incidents[7].pk}&status=open")
    assert numbers(answer)[0] == incidents[7].pk
    assert "<mark>full</mark>" in pages.get("/incidents/?q=full").content.decode()
    assert Pulse.objects.filter(is_searchable=False).count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "after=", "after=nothing", "after=~~~", "before=1~2~3~4", "after=2026-01-01~5", "after=2026-01-01T00:00:00~5",
        "after=2026-01-01T00:00:00%2B00:00~99999999999999999999", "sort=severity&after=~2026-01-01T00:00:00%2B00:00~5",
        "sort=match", "q=full&sort=match&after=1e9~5", "lead=nobody%00", "q=%00", "before", "after=a&before=b",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_no_error(query: str, pages: Client, incidents: list[Incident]) -> None:
    assert pages.get(f"/incidents/?{query}").status_code == 200


def test_what_cannot_be_asked_for_is_said_and_kept(pages: Client, incidents: list[Incident]) -> None:
    answer = pages.get("/incidents/?severity=9&lead=Nobody+I+know&since=soon&sort=sideways")
    words = shown(answer)
    assert "Nobody here is called “Nobody I know”" in words
    assert words.count("Select a valid choice") == 2
    assert 'value="soon"' in answer.content.decode()
    assert numbers(answer) == []


def test_a_persons_page_shows_their_part(pages: Client, incidents: list[Incident], rae: Person, lee: Person) -> None:
    actions.add_action(incidents[5], "Roll *back*", by=rae, owner=lee)
    actions.change_action(actions.add_action(incidents[6], "Done already", by=rae, owner=lee), by=lee, done=True)
    words = shown(pages.get(f"/people/{lee.pk}/"))
    assert "To do 1 Roll back" in words
    assert "Done already" not in words
    leads, _, reported = words.partition("Leads")[2].partition("Reported")
    assert leads.count(" is full") == 15
    assert "No incident." in reported
    assert shown(pages.get(f"/people/{rae.pk}/")).count(" is full") == 25
