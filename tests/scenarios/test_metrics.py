"""What the running service tells machines: over real HTTP, with a real worker, and while the database is away."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.db import connection
from django.test import override_settings
from prometheus_client.parser import text_string_to_metric_families

from response.core.models import Incident
from response.operations.metrics.tally import tally
from slack_sandbox.testing import Room, wait_for
from tests import signed
from tests.scenarios.conftest import Company

TOKEN = "a token of Prometheus"


@pytest.fixture(autouse=True)
def counted_from_now(company: Company) -> Iterator[None]:
    """Forget what other tests counted in this process."""
    tally.take()
    with override_settings(METRICS_TOKEN=TOKEN):
        yield


class Scraped:
    """What a scrape found: `found("response_jobs", task="deliver")` is the sum of the samples with these labels."""

    def __init__(self, company: Company) -> None:
        answer = httpx.get(f"{company.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        families = text_string_to_metric_families(answer.text)
        self.samples = [each for family in families for each in family.samples]

    def __call__(self, name: str, **labels: str) -> float:
        fits = [each for each in self.samples if each.name == name and labels.items() <= each.labels.items()]
        return sum(each.value for each in fits)

    def labels(self, name: str, label: str) -> set[str]:
        return {each.labels[label] for each in self.samples if each.name == name}


def test_from_declare_to_channel_everything_is_measured(company: Company, incident: Incident, channel: Room) -> None:
    company.settled()
    found = Scraped(company)
    assert found("response_declare_to_headline_seconds_count") == 1
    assert 0 < found("response_declare_to_headline_seconds_sum") < 10
    assert found("response_declare_to_channel_seconds_count") == 1
    assert found("response_delivery_seconds_count", kind="create_channel") == 1
    assert found("response_slack_calls_total", method="conversations.create", outcome="ok") == 1
    assert found("response_slack_calls_total", method="views.open", outcome="ok") == 1
    assert found("response_requests_total", route="slash_command", method="POST", status="200") == 1
    assert found("response_requests_total", route="/slack/event", method="POST", status="200") >= 1
    assert found("response_incidents_open") == 1
    assert found("response_workers") == 1
    assert found("response_deliveries", state="waiting") == 0


def test_trouble_with_slack_is_told_by_method_and_outcome(company: Company, channel: Room) -> None:
    for kind, values in (("error", {"status": 503}), ("ratelimit", {"retry_after": 1}), ("lost", {})):
        company.sandbox.fault(kind, "chat.update", times=1, **values)
    company.asks(company.bo, channel, "severity critical")
    company.settled()
    found = Scraped(company)
    assert found("response_slack_calls_total", method="chat.update", outcome="limited") == 1
    assert found("response_slack_calls_total", method="chat.update", outcome="unanswered") == 2
    assert found("response_slack_calls_total", method="chat.update", outcome="ok") >= 1


def test_requests_are_counted_by_view_and_status_and_never_by_address(company: Company, incident: Incident) -> None:
    for path in ("/healthz", "/incident/1/", "/incident/999/", "/nowhere/123/", "/static/response/response.css"):
        httpx.get(company.url + path)
    body = signed.event({"type": "message", "channel": "C1", "text": "hi", "ts": "1.1"}, "EvMetrics")
    httpx.post(f"{company.url}/slack/event", content=body)
    found = Scraped(company)
    for route, status, times in (
        ("/healthz", "200", 1),
        ("incident_doc", "302", 2),
        ("none", "404", 1),
        ("static", "200", 1),
        ("/slack/event", "401", 1),
    ):
        assert found("response_requests_total", route=route, status=status) == times
    assert not [route for route in found.labels("response_requests_total", "route") if "999" in route or "123" in route]


@pytest.mark.parametrize("path", ["/healthz", "/", "/nowhere/", "/slack/event"])
def test_an_answer_has_the_id_of_its_request(company: Company, path: str) -> None:
    send = httpx.post if path == "/slack/event" else httpx.get
    assert send(company.url + path, headers={"X-Request-ID": "proxy-7"}).headers.get_list("X-Request-ID") == ["proxy-7"]
    made = [send(company.url + path).headers["X-Request-ID"] for _ in range(2)]
    assert len(set(made)) == 2


def test_without_a_database_it_is_alive_and_says_that_it_is_not_ready(company: Company, no_database: Any) -> None:
    company.settled()
    assert httpx.get(f"{company.url}/readyz").status_code == 200
    no_database(on=False)
    connection.close()
    wait_for(lambda: httpx.get(f"{company.url}/readyz").status_code == 503)
    answer = httpx.get(f"{company.url}/readyz").json()
    assert list(answer["checks"]) == ["database"]
    assert answer["checks"]["database"]["text"].endswith("Look whether PostgreSQL runs at DATABASE_URL.")
    assert httpx.get(f"{company.url}/healthz").status_code == 200
    assert httpx.get(f"{company.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 503
    no_database(on=True)
    connection.close()
    wait_for(lambda: httpx.get(f"{company.url}/readyz").status_code == 200, timeout=20)
