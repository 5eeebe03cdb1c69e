"""What machines ask: is it alive, is it ready, and how do things stand."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from prometheus_client.parser import text_string_to_metric_families

from response.core.models import Incident
from response.operations import database
from response.operations.metrics import catalogue, listening, scrape
from response.operations.metrics.catalogue import Metric
from response.operations.metrics.tally import Tally, tally
from response.operations.requests import id_of, observed
from response.slack import signals
from response.slack.models import Delivery

TOKEN = "a token of Prometheus"


@pytest.fixture
def probe() -> Client:
    """Somebody who knows neither our name nor anybody here."""
    return Client(SERVER_NAME="10.1.2.3")


@pytest.fixture
def worker(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def ready(probe: Client, query: str = "") -> tuple[int, dict[str, tuple[bool, str]]]:
    answer = probe.get(f"/readyz{query}")
    checks = answer.json()["checks"]
    assert answer.json()["ready"] is (answer.status_code == 200) is all(each["ok"] for each in checks.values())
    return answer.status_code, {name: (each["ok"], each["text"]) for name, each in checks.items()}


# -- alive and ready


def test_alive_asks_no_database(probe: Client) -> None:
    answer = probe.get("/healthz")  # this test may not use the database, and would fail if it did
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"alive\n", "no-store")


@pytest.mark.django_db
def test_ready_with_a_database_its_tables_and_a_worker(probe: Client, worker: None) -> None:
    status, checks = ready(probe)
    assert (status, list(checks)) == (200, ["database", "migrations", "workers", "queue"])


@pytest.mark.django_db
def test_not_ready_without_a_worker(probe: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '40 seconds')")
    status, checks = ready(probe)
    assert status == 503
    assert checks["workers"] == (False, "None gives a sign of life, so nothing is sent. Start `response worker`.")


@pytest.mark.django_db
def test_not_ready_while_jobs_wait_too_long(probe: Client, worker: None) -> None:
    number = app.configure_task("deliver").defer(delivery_id=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '90 s' WHERE job_id = %s", [number])
    status, checks = ready(probe)
    assert (status, checks["queue"][0]) == (503, False)
    assert checks["queue"][1].startswith("A job has waited 90 s for a worker.")
    with override_settings(QUEUE_LATE_SECONDS=120):
        assert ready(probe)[0] == 200
    assert ready(probe, "?without=queue")[0] == 200


@pytest.mark.django_db
def test_not_ready_before_the_migrations(probe: Client, worker: None) -> None:
    [newest] = MigrationLoader(connection).graph.leaf_nodes("response")
    MigrationRecorder(connection).record_unapplied(*newest)
    database.look_again()  # as a process that has not looked yet
    status, checks = ready(probe, "?without=queue")
    assert status == 503
    assert checks["migrations"] == (False, f"Missing: {'.'.join(newest)}. Run `response migrate`.")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_only_answer_questions(probe: Client, path: str) -> None:
    assert probe.post(path).status_code == 405


# -- who may read the metrics


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer \xe4"])
@override_settings(METRICS_TOKEN=TOKEN)
def test_metrics_are_for_who_has_the_token(probe: Client, header: str | None) -> None:
    answer = probe.get("/metrics", headers={"Authorization": header} if header else {})
    assert (answer.status_code, "WWW-Authenticate" in answer.headers) == (401, True)


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer "])
def test_without_a_token_there_are_no_metrics(probe: Client, header: str | None) -> None:
    assert probe.get("/metrics", headers={"Authorization": header} if header else {}).status_code == 404


# -- what they say


Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def clean(db: None) -> Iterator[None]:
    """Nothing counted so far, by this process either."""
    tally.take()
    yield
    tally.take()


def samples() -> Samples:
    families = text_string_to_metric_families(scrape.exposition().decode())
    return {(each.name, frozenset(each.labels.items())): each.value for family in families for each in family.samples}


def sample(name: str, **labels: str) -> float | None:
    return samples().get((name, frozenset(labels.items())))


def test_a_scrape_names_every_metric_of_the_catalogue(clean: None, probe: Client) -> None:
    with override_settings(METRICS_TOKEN=TOKEN):
        answer = probe.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    families = {family.name for family in text_string_to_metric_families(answer.content.decode())}
    assert families == {metric.name.removesuffix("_total") for metric in catalogue.METRICS}


def test_what_processes_count_is_added_up(clean: None) -> None:
    processes = [Tally(), Tally()]
    for each in processes:
        each.count(catalogue.REQUESTS, "home", "GET", "200")
        each.count(catalogue.REQUESTS, "home", "GET", "200", by=2)
        each.flush()
        each.flush()
    assert sample("response_requests_total", route="home", method="GET", status="200") == 6


def test_a_histogram_has_in_each_bucket_what_is_in_the_smaller_ones_too(clean: None) -> None:
    metric = catalogue.SLACK_SECONDS
    for seconds in (0.004, 0.005, 0.3, 99):
        tally.observe(metric, seconds, "chat.update")
    found = samples()

    def bucket(end: str) -> float:
        return found["response_slack_call_seconds_bucket", frozenset({("method", "chat.update"), ("le", end)})]

    assert [bucket(end) for end in ("0.005", "0.25", "0.5", "10.0", "+Inf")] == [2, 2, 3, 3, 4]
    assert found["response_slack_call_seconds_count", frozenset({("method", "chat.update")})] == 4
    assert found["response_slack_call_seconds_sum", frozenset({("method", "chat.update")})] == pytest.approx(99.309)


def test_odd_labels_are_no_harm(clean: None) -> None:
    tally.count(catalogue.FAILURES, 'x"y\n\\z')
    assert sample("response_handler_failures_total", handler='x"y\n\\z') == 1


def test_calls_of_slack_are_counted_by_outcome(clean: None) -> None:
    for outcome, error in (("ok", ""), ("refused", "is_archived"), ("refused", "is_archived")):
        signals.slack_called.send(None, method="chat.postMessage", outcome=outcome, error=error, seconds=0.2)
    labels = {"method": "chat.postMessage", "outcome": "refused", "error": "is_archived"}
    assert sample("response_slack_calls_total", **labels) == 2


def test_the_first_headline_is_measured_from_the_declaring(clean: None, incident: Incident) -> None:
    first = Delivery.objects.get(kind="headline")
    listening.measure(first)
    Delivery.objects.filter(pk=first.pk).update(state="sent")
    later = Delivery.objects.create(kind="headline", incident=incident, lane="x")
    listening.measure(later)
    found = samples()
    assert found["response_declare_to_headline_seconds_count", frozenset()] == 1
    assert found["response_delivery_seconds_count", frozenset({("kind", "headline")})] == 2


def test_gauges_are_read_when_somebody_asks(clean: None, incident: Incident, worker: None) -> None:
    Delivery.objects.create(kind="post", lane="x", state="refused")
    found = samples()
    expected: dict[Metric, tuple[dict[str, str], float]] = {
        catalogue.OUTBOX: ({"state": "refused"}, 1),
        catalogue.JOBS: ({"task": "deliver", "status": "todo"}, 1),
        catalogue.OPEN: ({"severity": ""}, 1),
        catalogue.WORKERS: ({}, 1),
        catalogue.CHECKS: ({"check": "database"}, 1),
        catalogue.INBOX: ({}, 0),
    }
    for metric, (labels, value) in expected.items():
        assert found[metric.name, frozenset(labels.items())] == value


def test_a_scrape_costs_a_bounded_number_of_queries(clean: None, incident: Incident) -> None:
    for number in range(30):
        Delivery.objects.create(kind="post", lane=str(number), incident=incident)
        app.configure_task("deliver", lock=str(number)).defer(delivery_id=number)
    with CaptureQueriesContext(connection) as queries:
        scrape.exposition()
    assert len(queries) < 30


# -- requests


@pytest.mark.parametrize("given", ["", "x" * 101, "a b", "ü", "a\r\nSet-Cookie: x"])
def test_an_id_that_is_none_is_replaced(given: str) -> None:
    assert id_of({"HTTP_X_REQUEST_ID": given}) != given
    assert len(id_of({})) == 16


def test_an_id_that_a_proxy_gave_is_kept() -> None:
    assert id_of({"HTTP_X_REQUEST_ID": "Root=1-67891233-abcdef012345678912345678"}).startswith("Root=1-")


def test_a_request_that_fails_is_counted_too(clean: None) -> None:
    @observed
    def broken(environ: dict[str, Any], start_response: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken({"REQUEST_METHOD": "BREW", "PATH_INFO": "/pot"}, lambda *_: None)
    assert sample("response_requests_total", route="none", method="other", status="500") == 1


def test_what_the_database_does_not_take_is_kept_for_the_next_time(transactional_db: None) -> None:
    counted = Tally()
    counted.count(catalogue.FAILURES, "x")
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **wanted) as outside:
        connection.ensure_connection()
        outside.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [parameters["dbname"]]
        )
        counted.flush()
    connection.close()
    counted.flush()
    assert sample("response_handler_failures_total", handler="x") == 1


def test_answers_are_json_for_programs(db: None, probe: Client) -> None:
    answer = probe.get("/readyz")
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.content)["checks"]["database"] == {"ok": True, "text": "It answers."}
