"""What the doctor says when nobody works, when work is late, and when Slack takes nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from response.core import clock
from response.core.models import Incident
from response.doctor import address, slack, work
from response.doctor.findings import Finding, State
from response.operations import connections
from response.reminders.models import Reminder
from response.slack import reminding
from response.slack.models import Delivery
from slack_sandbox.testing import Sandbox, running_sandbox
from tests.setup.conftest import install
from tests.unit.test_status import job, worker

pytestmark = pytest.mark.django_db


def only(findings: list[Finding]) -> Finding:
    [finding] = findings
    return finding


def test_no_worker() -> None:
    assert only(list(work.workers())).problem == "no_worker"
    worker(silent_for=90)
    assert only(list(work.workers())).problem == "no_worker"
    worker(silent_for=1)
    assert only(list(work.workers())).text == "1 at work"


def test_queue_late() -> None:
    assert only(list(work.jobs())).state is State.OK
    job(waited=600)
    assert only(list(work.jobs())).text == "A job has waited 600 s for a worker."


def test_refused() -> None:
    row = {"kind": "post", "lane": "x", "state": "refused", "error": "chat.postMessage: is_archived"}
    Delivery.objects.create(**row, advice="Unarchive it.", created_at=timezone.now())
    _, finding = work.jobs()
    assert (finding.problem, finding.state) == ("refused", State.WARNING)
    assert finding.text == "Slack refused 1 of our messages, the last one (post) with: chat.postMessage: is_archived."
    assert finding.fix == "Unarchive it. Then try them again on the page /operations/."


def test_reminders_late(incident: Incident) -> None:
    due_at = clock.now() - timedelta(minutes=10)
    Reminder.objects.create(incident=incident, key=reminding.plans()[0].key, due_at=due_at)
    finding = only(list(work.reminders()))
    assert finding.problem == "reminders_late"
    assert finding.text == "1 reminders are due, the first for 600 s."


APP_TOKEN = "xapp-1-A0RESPONSE-1-abc"


@pytest.fixture
def socket() -> Iterator[Sandbox]:
    """A workspace whose app has an app-level token."""
    with running_sandbox() as sandbox:
        install(sandbox, id="A0RESPONSE", app_token=APP_TOKEN)
        yield sandbox


def findings_of_socket(sandbox: Sandbox, app_token: str) -> Finding:
    with override_settings(SLACK_API_URL=sandbox.api_url, SLACK_APP_TOKEN=app_token, SLACK_TOKEN="xoxb-of-the-tests"):
        return only(list(slack.app_token()))


def test_app_token_refused(socket: Sandbox) -> None:
    assert findings_of_socket(socket, APP_TOKEN).state is State.OK
    finding = findings_of_socket(socket, "xapp-1-A0RESPONSE-1-wrong")
    assert (finding.problem, finding.text) == (
        "app_token_refused",
        "Slack does not take SLACK_APP_TOKEN: invalid_auth.",
    )


def test_other_app(socket: Sandbox) -> None:
    socket.app("Another", id="A0ANOTHER", app_token="xapp-1-A0ANOTHER-1-abc")
    finding = findings_of_socket(socket, "xapp-1-A0ANOTHER-1-abc")
    assert finding.problem == "other_app"
    assert finding.text == "SLACK_APP_TOKEN is of the app A0ANOTHER, and SLACK_TOKEN of A0RESPONSE."


def test_socket_silent() -> None:
    with override_settings(SLACK_APP_TOKEN=APP_TOKEN):
        finding = address.heard()
    assert (finding.problem, finding.state) == ("socket_silent", State.WARNING)
    assert "Start `response run` (or `response socket`)" in finding.fix


def test_socket_closed() -> None:
    with override_settings(SLACK_APP_TOKEN=APP_TOKEN):
        finding = only(list(address.connected()))
        assert finding.problem == "socket_closed"
        assert "look in its log for socket_not_connected" in finding.fix
        connections.note_open()
        assert only(list(address.connected())).text.startswith("connected, as of ")


def test_by_http_nobody_looks_for_a_connection() -> None:
    with override_settings(SLACK_APP_TOKEN=""):
        assert list(address.connected()) == []
