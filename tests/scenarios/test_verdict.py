"""The check at the end of `make chaos` can fail: a guarantee that is switched off is found, one that holds is not."""

from collections.abc import Iterator

import pytest
from bench.chaos import sabotage
from bench.chaos.verdict import Verdict, judge
from django.db import connection

from response.slack.models import CommsChannel
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company


@pytest.fixture
def without(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The guarantee that is switched off for the test, or None."""
    what: str | None = request.param
    with connection.cursor() as cursor:
        if what:
            cursor.execute(sabotage.WITHOUT[what])
        yield what
        cursor.execute(sabotage.MENDED)


def judged(company: Company) -> Verdict:
    company.settled()
    return judge(company.sandbox)


def counts(verdict: Verdict) -> tuple[int, ...]:
    return verdict.lost, verdict.doubled, verdict.out_of_order, verdict.stuck, verdict.stale


@pytest.mark.parametrize("without", [None, "dedupe"], indirect=True)
def test_events_that_come_twice(company: Company, channel: Room, without: str | None) -> None:
    company.sandbox.fault("event_doubled", "message")
    for number in range(3):
        company.bo.says(channel, f"hello {number}")
    found = judged(company)
    assert (found.doubled > 0) == bool(without), found.findings
    assert without or counts(found) == (0, 0, 0, 0, 0), found.findings


@pytest.mark.parametrize("without", [None, "reconciliation"], indirect=True)
def test_answers_that_are_lost(company: Company, channel: Room, without: str | None) -> None:
    company.sandbox.fault("lost", "chat.postMessage", times=1)
    CommsChannel.objects.get().post_in_channel("Once")
    found = judged(company)
    assert (found.doubled > 0) == bool(without), found.findings
    assert without or counts(found) == (0, 0, 0, 0, 0), found.findings


@pytest.mark.parametrize("without", [None, "ordering"], indirect=True)
def test_messages_of_which_the_first_is_slow(company: Company, channel: Room, without: str | None) -> None:
    company.sandbox.fault("latency", "chat.postMessage", ms=800, times=1)
    for number in range(4):
        CommsChannel.objects.get().post_in_channel(f"step {number}")
    found = judged(company)
    assert (found.out_of_order > 0) == bool(without), found.findings
    assert without or counts(found) == (0, 0, 0, 0, 0), found.findings


def test_a_topic_that_somebody_else_has_set_is_stale(company: Company, channel: Room) -> None:
    company.sandbox.channel(channel.name, topic="Something else")
    assert judged(company).stale == 1
