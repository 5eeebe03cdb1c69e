"""The facts that operators watch: what waits, what failed, whether somebody works; also when there is a lot of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django import DjangoAssertNumQueries

from response.core import clock
from response.core.models import Incident
from response.operations import database, queue, status
from response.operations.status import State
from response.reminders.models import Reminder
from response.slack import inbox, reminding
from response.slack.models import Delivery, Gate, Handling, HookCall, InboundRequest

pytestmark = pytest.mark.django_db


def hours_ago(hours: float) -> timezone.datetime:
    return timezone.now() - timedelta(hours=hours)


def job(task: str = "deliver", *, lock: str = "", waited: float = 0, **changed: object) -> int:
    """A job that was deferred so many seconds ago."""
    number = app.configure_task(task, allow_unknown=True, lock=lock or None).defer()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s) WHERE job_id = %s", [waited, number]
        )
        for name, value in changed.items():
            cursor.execute(f"UPDATE procrastinate_jobs SET {name} = %s WHERE id = %s", [value, number])
    return number


def worker(*, silent_for: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_for],
        )
        number: int = cursor.fetchone()[0]
    return number


def delivery(state: str, age: float, **more: object) -> Delivery:
    return Delivery.objects.create(kind="post", lane="out:1:comms", state=state, created_at=hours_ago(age), **more)


def test_deliveries_are_counted_by_state_with_the_age_of_the_oldest() -> None:
    for age in (1, 3, 2):
        delivery("waiting", age)
    delivery("sent", 9)
    delivery("dropped", 9)
    delivery("refused", 5)
    piles = status.deliveries()
    assert {state: pile.count for state, pile in piles.items()} == {"waiting": 3, "sending": 0, "refused": 1}
    assert piles[State.WAITING].seconds() == pytest.approx(3 * 3600, abs=5)
    assert piles[State.SENDING].seconds() == 0


def test_the_age_of_one_that_is_tried_again_begins_anew() -> None:
    delivery("waiting", 48, retried_at=hours_ago(1))
    assert status.deliveries()[State.WAITING].seconds() == pytest.approx(3600, abs=5)


def test_what_was_refused_comes_newest_first_and_what_waits_oldest_first() -> None:
    ages = {delivery(state, age).pk: age for state in ("refused", "waiting", "sending") for age in (2, 1, 3)}
    assert [ages[each.pk] for each in status.refused(2)] == [1, 2]
    assert [ages[each.pk] for each in status.oldest([State.WAITING, State.SENDING], 3)] == [3, 3, 2]


def test_what_slack_sent_counts_until_its_handlers_are_found() -> None:
    inbox.take("event:1", "event", "C1", {})
    inbox.take("event:2", "event", "C2", {}, if_in_incident=True)  # nobody wants it
    inbox.remember("event:3", "event", "C1", {})  # answered at once
    InboundRequest.objects.filter(key="event:1").update(received_at=hours_ago(2))
    assert status.inbound().count == 1
    assert status.inbound().seconds() == pytest.approx(7200, abs=5)
    InboundRequest.objects.filter(key="event:1").update(handled_at=timezone.now())
    assert status.inbound() == status.Pile(0, None)


def test_failures_are_told_with_their_references_and_mistakes_of_people_are_none(incident: Incident) -> None:
    inbox.take("event:1", "event", "C1", {})
    request = InboundRequest.objects.get()
    told = {"request": request, "done_at": hours_ago(1)}
    Handling.objects.create(handler="action:close", error="see the log", reference="1a2b3c4d", **told)
    Handling.objects.create(handler="command", error="Severity is one of critical, major, minor, trivial.", **told)
    Handling.objects.create(handler="event:fine", **told)
    turn = {"incident": incident, "done_at": hours_ago(2)}
    HookCall.objects.create(handler="status_page.opened", error="ValueError, reference 5e6f7a8b", **turn)
    HookCall.objects.create(handler="status_page.closed", **turn)
    found = [(each.handler, each.trigger, each.reference, each.incident) for each in status.failures(10)]
    assert found == [
        ("action:close", "event", "1a2b3c4d", None),
        ("status_page.opened", "lifecycle", "5e6f7a8b", incident.pk),
    ]
    assert len(status.failures(1)) == 1


def test_reminders_that_are_due_are_counted_by_the_clock_that_they_run_by(incident: Incident) -> None:
    plan = reminding.plans()[0]
    Reminder.objects.create(incident=incident, key=plan.key, due_at=clock.now() + timedelta(minutes=5))
    Reminder.objects.create(incident=incident, key="a handler that is gone", due_at=hours_ago(1))
    assert status.reminders().count == 0
    clock.move(timedelta(minutes=7))
    assert status.reminders().count == 1
    assert status.lateness(status.reminders()) == pytest.approx(120, abs=5)


def test_methods_that_slack_limits_are_named_until_they_may_be_called_again() -> None:
    for name, hours in (("method:chat.postMessage", -1), ("method:users.info", 1), ("channel:C1", -1)):
        Gate.objects.create(name=name, opens_at=hours_ago(hours))
    assert [limit.method for limit in status.limits()] == ["chat.postMessage"]


def test_jobs_are_counted_by_task_and_state() -> None:
    for _ in range(2):
        job("deliver")
    job("remind", status="failed")
    assert [(each.task, each.status, each.count) for each in queue.jobs()] == [
        ("deliver", "todo", 2),
        ("remind", "failed", 1),
    ]


def test_a_job_waits_for_a_worker_once_it_is_its_turn() -> None:
    assert queue.longest_wait() == 0
    job(waited=20)
    assert queue.longest_wait() == pytest.approx(20, abs=5)


def test_a_job_that_is_to_run_later_waits_from_then_on() -> None:
    job(waited=500, scheduled_at=timezone.now() + timedelta(minutes=1))
    assert queue.longest_wait() == 0
    job(waited=500, scheduled_at=timezone.now() - timedelta(seconds=40))
    assert queue.longest_wait() == pytest.approx(40, abs=5)


@pytest.mark.parametrize(
    "ahead", [{"status": "doing"}, {"scheduled_at": "2999-01-01"}, {"priority": 5, "scheduled_at": "2999-01-01"}]
)
def test_a_job_behind_another_of_its_lane_does_not_wait_for_a_worker(ahead: dict[str, object]) -> None:
    job(lock="out:1:comms", **ahead)
    job(lock="out:1:comms", waited=3600)
    assert queue.longest_wait() == 0
    job(lock="out:2:comms", waited=30)
    assert queue.longest_wait() == pytest.approx(30, abs=5)


def test_workers_are_alive_by_their_last_sign() -> None:
    dead, alive = worker(silent_for=300), worker(silent_for=4)
    job(status="doing", worker_id=alive)
    found = [(each.number, each.is_alive, each.running) for each in queue.workers()]
    assert found == [(alive, True, 1), (dead, False, 0)]


def test_jobs_that_failed_are_told_with_their_time() -> None:
    number = job("remind", status="doing")
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])
    [(found, task, at)] = queue.failed(5)
    assert (found, task, at is not None) == (number, "remind", True)


def test_the_database_tells_its_size_and_that_nothing_is_to_be_applied() -> None:
    assert database.size() > 1_000_000
    assert database.missing_migrations() == []


def test_each_fact_costs_a_query_or_two(
    incident: Incident, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reads: list[tuple[Callable[[], object], int]] = [
        (status.deliveries, 1),
        (lambda: status.oldest([State.WAITING, State.SENDING], 9), 2),
        (lambda: status.refused(9), 1),
        (status.inbound, 1),
        (lambda: status.failures(9), 2),
        (status.reminders, 1),
        (status.limits, 1),
        (queue.jobs, 1),
        (queue.longest_wait, 1),
        (queue.workers, 1),
        (lambda: queue.failed(9), 1),
        (database.size, 1),
    ]
    for state in ("waiting", "refused"):
        for age in range(3):
            delivery(state, age, incident=incident)
    for read, queries in reads:
        with django_assert_max_num_queries(queries):
            read()


def test_counting_deliveries_reads_none_that_is_done() -> None:
    """How long it takes with a million of them is measured by `python -m bench.operations`."""
    words = "'post', 'comms', 'out:1:comms', '{}', 1, '', '', '{}'"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO response_delivery (kind, channel, lane, payload, attempts, error, advice, answer, state,"
            f" created_at) SELECT {words}, CASE WHEN n % 200 = 0 THEN 'waiting' ELSE 'sent' END, now()"
            " FROM generate_series(1, 20000) AS n"
        )
        cursor.execute("ANALYZE response_delivery")
    unfinished = Delivery.objects.filter(state__in=status.UNFINISHED)
    assert "delivery_unfinished" in unfinished.values("state").annotate(n=Count("pk")).explain()
    assert status.deliveries()[State.WAITING].count == 100
