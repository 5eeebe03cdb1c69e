"""Searching for words that people wrote."""

from itertools import count

import pytest
from django.db import connection

from response.core import actions
from response.core.models import Incident, Person, Pulse
from response.search import excerpts, index, query

pytestmark = pytest.mark.django_db


def catch_up() -> None:
    """Have noted what changed, as the end of a transaction would, and read it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Pulse.objects.update(is_searchable=False)  # a test is one transaction, and that makes one version
    index.catch_up()


def found(words: str) -> list[str]:
    """The reports of what is found, the best match first."""
    catch_up()
    return [incident.report for incident in query.ranked(Incident.objects.all(), words).order_by("-rank", "-pk")]


@pytest.fixture
def incidents(rae: Person, lee: Person) -> dict[str, Incident]:
    """Three incidents that have to do with a gateway, in different places."""
    in_timeline = actions.declare("Search is slow", by=rae, summary="Since the deploy")
    actions.add_to_timeline(in_timeline, "The gateway timed out, <@ULEE> looks at it", by=lee)
    in_summary = actions.declare("Payments are failing", by=rae, summary="The gateway answers nothing")
    in_report = actions.declare("The gateway is down", by=rae, impact="No payments at all")
    return {"timeline": in_timeline, "summary": in_summary, "report": in_report}


def test_the_report_weighs_most_and_then_the_summary(incidents: dict[str, Incident]) -> None:
    assert found("gateway") == ["The gateway is down", "Payments are failing", "Search is slow"]


@pytest.mark.parametrize(
    ("words", "reports"),
    [
        ("payment", ["Payments are failing", "The gateway is down"]),
        ("gateway deploy", ["Search is slow"]),  # in two places of one incident
        ("gate", ["The gateway is down", "Payments are failing", "Search is slow"]),  # the beginning of a word
        ("gate payments", []),  # only the last word may be one
        ('"gateway answers"', ["Payments are failing"]),
        ("gateway -payments", ["Search is slow"]),
        ("deploy or failing", ["Payments are failing", "Search is slow"]),
        ("lee", ["Search is slow"]),  # whom a text mentions, by name
        ("GATEWAY  SLOW", ["Search is slow"]),
        ("changed", []),  # what Response wrote down by itself is no text of people
        ("the", []),
        ("", []),
        ("☃", []),
        (" & | ! :* ' \\ <-> ( ", []),
        ("x" * 5000, []),
        ("'gateway':* (answers", ["Payments are failing"]),
    ],
)
def test_words_are_understood(incidents: dict[str, Incident], words: str, reports: list[str]) -> None:
    actions.set_severity(incidents["report"], None, by=incidents["report"].reporter)
    assert sorted(found(words)) == sorted(reports)


def test_it_follows_every_change(incident: Incident, lee: Person) -> None:
    entry = actions.add_to_timeline(incident, "Zebra", by=lee)
    assert found("zebra")
    actions.change_entry(entry, by=lee, text="Giraffe")
    assert (found("zebra"), len(found("giraffe"))) == ([], 1)
    actions.show_entry(entry, False, by=lee)
    assert found("giraffe") == []
    actions.edit(incident, by=lee, report="A giraffe", summary="in the server room")
    assert found("giraffe room") == ["A giraffe"]


def test_what_changes_while_it_is_read_has_its_turn_again(incident: Incident) -> None:
    catch_up()
    Pulse.objects.update(version=1, is_searchable=False)
    waiting = Pulse.objects.get()
    Pulse.objects.update(version=2)
    with connection.cursor() as cursor:
        cursor.execute(index.MARK, [[waiting.pk], [waiting.version]])
    assert not Pulse.objects.get().is_searchable


def test_an_incident_with_more_words_than_postgresql_keeps_is_found_by_the_first_of_them(
    incident: Incident, lee: Person
) -> None:
    numbers = count(0x4E00)  # each word is one of another sign
    for _ in range(4):
        actions.add_to_timeline(
            incident, " ".join(f"{chr(next(numbers) % 0x5000 + 0x4E00)}{n}" for n in range(90_000)), by=lee
        )
    actions.add_to_timeline(incident, "Zebra", by=lee)
    other = actions.declare("Another one", by=lee)
    assert found("zebra") == [incident.report]
    assert found("another") == [other.report]


def test_found_words_are_marked_and_nothing_else_is_markup(rae: Person) -> None:
    hostile = "<script>alert(1)</script> the <b>gateway</b> \ue000img\ue001 &lt;i&gt;"
    incident = actions.declare(hostile, by=rae, summary=hostile, impact="Nothing of it")
    actions.add_to_timeline(incident, f"At noon: {hostile}", by=rae)
    shown = excerpts.of([incident], "gateway script")[incident.pk]
    marked = "&lt;b&gt;<mark>gateway</mark>&lt;/b&gt;"
    assert marked in shown.report
    assert [each.place for each in shown.excerpts] == ["Summary", "Timeline"]
    for words in (shown.report, *(each.words for each in shown.excerpts)):
        assert marked in words
        assert "<" not in words.replace("<mark>", "").replace("</mark>", "")


def test_excerpts_cost_three_queries(incidents: dict[str, Incident], django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(3):
        shown = excerpts.of(list(incidents.values()), "gateway")
    assert [each.words for each in shown[incidents["timeline"].pk].excerpts] == [
        "The <mark>gateway</mark> timed out, @lee looks at it"
    ]
