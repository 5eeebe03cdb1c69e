"""With Socket Mode nothing of Slack's comes by HTTP, and everything happens all the same."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from pytest_django import Settings

from response.core.models import Incident
from response.doctor.diagnosis import diagnose
from response.project.socket_mode import NotConnected, serve_until
from response.slack.models import InboundRequest
from slack_sandbox.testing import wait_for
from tests.scenarios.conftest import Company


@contextmanager
def receiving(company: Company, count: int = 1) -> Iterator[threading.Event]:
    """So many socket processes, as threads, connected."""
    before, stop = len(company.sandbox.connections("Response")), threading.Event()
    threads = [threading.Thread(target=serve_until, args=[stop], daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(company.sandbox.connections("Response")) == before + count, timeout=20)
    try:
        yield stop
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)


@pytest.fixture
def connected(company: Company, settings: Settings) -> Iterator[Company]:
    """The company with Socket Mode on, and one process that takes what Slack sends."""
    app = company.sandbox.app("Response", socket_mode=True)
    settings.SLACK_APP_TOKEN = app["app_token"]
    with receiving(company):
        yield company


def test_an_incident_is_run_from_the_report_to_its_close(connected: Company) -> None:
    since = connected.sandbox.seq()
    incident = connected.declare()
    channel = connected.open_channel(incident)
    connected.asks(connected.bo, channel, "lead me")
    assert connected.rae.runs("/incident", "", channel).text.startswith("Incident 1 is live")
    said = connected.bo.says(channel, "The deploy did it")
    connected.bo.pins(said)
    connected.workspace.wait_for(lambda: incident.events.filter(event_type="slack_pin").exists())
    connected.asks(connected.bo, channel, "close")
    assert Incident.objects.get().is_closed()
    assert {each["transport"] for each in connected.sandbox.deliveries(since=since)} == {"socket"}


def test_a_form_that_is_filled_in_wrongly_is_refused_at_its_field(connected: Company) -> None:
    connected.rae.runs("/incident", "Payments are failing", connected.general)
    assert list(connected.rae.submits({"Report": "   "})) == ["Report"]


def test_each_message_is_taken_once_by_whichever_process(connected: Company) -> None:
    channel = connected.open_channel(connected.declare())
    with receiving(connected, 2):
        said = [connected.bo.says(channel, f"step {number}").ts for number in range(12)]
        wait_for(lambda: stored(said) == sorted(said), timeout=20)
    connected.settled()
    assert Incident.objects.get().participants.get(user__external_id="UBO").message_count == 12


def stored(said: list[str]) -> list[str]:
    """The messages of these that are in the inbox."""
    found = InboundRequest.objects.filter(payload__event__ts__in=said)
    return sorted(found.values_list("payload__event__ts", flat=True))


def test_a_refresh_and_a_cut_lose_nothing(connected: Company) -> None:
    channel = connected.open_channel(connected.declare())
    first = ids(connected)
    said = [connected.bo.says(channel, "before").ts]
    connected.sandbox.disconnect("Response", "refresh_requested")
    said.append(connected.bo.says(channel, "meanwhile").ts)
    wait_for(lambda: ids(connected) - first, timeout=20)
    connected.sandbox.cut("Response")
    wait_for(lambda: ids(connected), timeout=40)
    said.append(connected.bo.says(channel, "after").ts)
    connected.sandbox.advance(61)  # what found no connection, Slack sends again after a minute
    wait_for(lambda: stored(said) == said, timeout=20)


def ids(company: Company) -> set[str]:
    """The connections that are open, without those that were told to go."""
    return {each["id"] for each in company.sandbox.connections("Response") if not each["is_leaving"]}


def test_an_event_that_comes_twice_is_taken_once(connected: Company) -> None:
    connected.sandbox.fault("event_doubled", "message")
    channel = connected.open_channel(connected.declare())
    ts = connected.bo.says(channel, "once").ts
    connected.settled()
    assert stored([ts]) == [ts]
    assert Incident.objects.get().participants.get(user__external_id="UBO").message_count == 1


def test_the_doctor_sees_that_a_connection_is_open(company: Company, settings: Settings) -> None:
    settings.SLACK_APP_TOKEN = company.sandbox.app("Response", socket_mode=True)["app_token"]
    assert "socket_closed" in {finding.problem for finding in diagnose()}
    with receiving(company):
        wait_for(lambda: "socket_closed" not in {finding.problem for finding in diagnose()}, timeout=20)
    assert any(finding.text.startswith("connected, as of ") for finding in diagnose())


def test_a_token_that_slack_does_not_take_is_told_in_a_sentence(company: Company, settings: Settings) -> None:
    settings.SLACK_APP_TOKEN = "xapp-of-nobody"
    with pytest.raises(NotConnected, match=r"SLACK_APP_TOKEN: invalid_auth. `response doctor`"):
        serve_until(threading.Event())
    connection.close()


def test_without_a_token_it_says_which_is_missing(settings: Settings) -> None:
    settings.SLACK_APP_TOKEN = ""
    with pytest.raises(NotConnected, match="SLACK_APP_TOKEN is not set"):
        serve_until(threading.Event())
