"""What Slack sends is stored once, with the job that Procrastinate itself would have written."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from response.core.models import Incident
from response.slack import inbox, retention
from response.slack.models import CommsChannel, InboundRequest
from response.slack.queue import INBOUND, defer

pytestmark = pytest.mark.django_db

WRITTEN = ("queue_name", "task_name", "priority", "lock", "queueing_lock", "args", "status", "scheduled_at", "attempts")


def test_the_statement_writes_the_job_that_procrastinate_would() -> None:
    inbox.take("event:1", "event", "C1", {"a": 1})
    request = InboundRequest.objects.get()
    defer("handle_request", lock="in:C1", priority=INBOUND, request_id=request.pk)
    ours, theirs = ProcrastinateJob.objects.order_by("id").values(*WRITTEN)
    assert ours == theirs


def test_a_repetition_is_stored_once_and_makes_no_second_job() -> None:
    for _ in range(3):
        inbox.take("event:1", "event", "C1", {"a": 1})
    assert (InboundRequest.objects.count(), ProcrastinateJob.objects.count()) == (1, 1)


def test_a_message_that_no_incident_wants_costs_one_row() -> None:
    inbox.take("event:1", "event", "C1", {"a": 1}, if_in_incident=True)
    assert (InboundRequest.objects.count(), ProcrastinateJob.objects.count()) == (1, 0)


def test_a_message_of_an_incidents_channel_has_its_job(incident: Incident) -> None:
    CommsChannel.objects.create(incident=incident, channel_id="C1", channel_name="inc-101")
    jobs = ProcrastinateJob.objects.filter(task_name="handle_request")
    inbox.take("event:1", "event", "C1", {"a": 1}, if_in_incident=True)
    assert jobs.count() == 1


def test_what_came_before_the_channel_was_known_is_taken_up() -> None:
    for number in range(3):
        inbox.take(f"event:{number}", "event", "C1", {"a": 1}, if_in_incident=True)
    inbox.take("event:other", "event", "C2", {"a": 1}, if_in_incident=True)
    inbox.take_up("C1")
    inbox.take_up("C1")
    waiting = [job.args["request_id"] for job in ProcrastinateJob.objects.order_by("id")]
    assert waiting == list(InboundRequest.objects.filter(lane="C1").order_by("id").values_list("id", flat=True))


def test_what_is_answered_at_once_is_forgotten_like_the_rest() -> None:
    for key, kind in (("event:our own", "event"), ("press:form", "interaction"), ("command:report", "command")):
        inbox.remember(key, kind, "C1", {})
    inbox.take("event:waiting", "event", "C1", {})
    InboundRequest.objects.update(received_at=timezone.now() - timedelta(hours=100))
    retention.forget()
    assert [request.key for request in InboundRequest.objects.all()] == ["event:waiting"]
