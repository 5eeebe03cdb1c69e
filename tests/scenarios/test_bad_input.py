"""What is set up wrongly: the running service loses nothing, and says what to do."""

import logging
import re
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from django.db import connection
from django.test import override_settings

from response.core import actions
from response.core.models import Incident, Person
from response.doctor import problems
from response.project.config import Config
from response.project.doubts import say_doubts
from response.slack.manifest import BOT_SCOPES
from response.slack.models import Delivery, InboundRequest
from slack_sandbox.testing import running_sandbox
from tests import signed
from tests.company import Company


def refused_headline(company: Company) -> Delivery:
    """Declare an incident whose headline Slack refuses; the record has it all the same."""
    actions.declare("Payments are failing", by=Person.objects.known_as(company.rae.id))
    company.settled()
    assert Incident.objects.get().report == "Payments are failing"
    return Delivery.objects.get(kind="headline", state="refused")


def test_a_token_of_the_wrong_kind(company: Company) -> None:
    token = company.sandbox.app("Response", socket_mode=True)["app_token"]
    with override_settings(SLACK_TOKEN=token):
        refused = refused_headline(company)
    assert refused.error.endswith("not_allowed_token_type")
    assert refused.advice == "SLACK_TOKEN is of another kind. Set the app's bot token, which begins with xoxb-."


def test_a_scope_that_is_missing(company: Company) -> None:
    company.sandbox.app("Response", scopes=sorted(set(BOT_SCOPES) - {"chat:write"}))
    refused = refused_headline(company)
    assert "missing_scope (needs chat:write)" in refused.error
    assert refused.advice == "Add the scope to the Slack app and install it again."


def test_a_token_of_another_workspace(company: Company) -> None:
    with running_sandbox() as elsewhere:
        elsewhere.team(name="Beta", id="T0BETA")
        elsewhere.app("Response", bot_token="xoxb-tests", scopes=sorted(BOT_SCOPES))
        with override_settings(SLACK_API_URL=elsewhere.api_url):
            refused = refused_headline(company)
    assert refused.error == "there is no channel #incidents that the app can see"
    assert "SLACK_TOKEN may be another workspace's: `response doctor` says which." in refused.advice


def archive(company: Company) -> str:
    company.rae.archives(company.incidents)
    return "incidents"


def hide(company: Company) -> str:
    return company.workspace.channel("quiet", company.rae, is_private=True).name


@pytest.mark.parametrize(
    ("spoil", "error", "advice"),
    [
        (archive, "is_archived", "The channel is archived. Somebody has to unarchive it."),
        (hide, "no channel #quiet that the app can see", "a private one has to invite the app."),
    ],
)
def test_a_channel_that_is_archived_or_private(
    company: Company, spoil: Callable[[Company], str], error: str, advice: str
) -> None:
    with override_settings(INCIDENT_CHANNEL_NAME=spoil(company)):
        refused = refused_headline(company)
    assert refused.error.endswith(error)
    assert advice in refused.advice


def test_a_clock_that_is_off_by_ten_minutes(company: Company, caplog: pytest.LogCaptureFixture) -> None:
    body = signed.event({"type": "message", "channel": "C1", "user": "UBO", "text": "hi", "ts": "1.1"})
    headers = signed.headers(body, at=time.time() - 600)
    with caplog.at_level(logging.WARNING, "response"):
        answer = httpx.post(f"{company.url}/slack/event", content=body, headers=headers)
    assert answer.status_code == 401
    assert re.search(r"60\d s before or after this machine's time; let NTP set the clock", caplog.text)


def test_an_address_without_tls(caplog: pytest.LogCaptureFixture) -> None:
    given = {"slack_token": "xoxb-1", "slack_signing_secret": "0" * 32, "site_url": "http://response.example.com"}
    say_doubts(Config(**given))
    [line] = [record.getMessage() for record in caplog.records if "no_tls" in record.getMessage()]
    assert line == f"setting_no_tls: {problems.NO_TLS.text.format(address=given['site_url'])} {problems.NO_TLS.fix}"


@pytest.fixture
def full_disk(company: Company) -> Iterator[None]:
    """PostgreSQL answers as it does when its disk is full, to whatever Slack sends."""
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON response_inboundrequest EXECUTE FUNCTION no_room();
        """)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION no_room CASCADE")


def test_a_disk_that_is_full(company: Company, full_disk: None, caplog: pytest.LogCaptureFixture) -> None:
    body = signed.event({"type": "message", "channel": "C1", "user": "UBO", "text": "hi", "ts": "1.1"})
    with caplog.at_level(logging.WARNING, "response"):
        answer = httpx.post(f"{company.url}/slack/event", content=body, headers=signed.headers(body))
    assert answer.status_code == 503, "Slack tries again"
    assert answer.text.endswith("somebody has to make room on its disk.")
    assert "database_full path=/slack/event: make room where PostgreSQL keeps its data" in caplog.text
    assert not InboundRequest.objects.filter(payload__event__ts="1.1").exists()
