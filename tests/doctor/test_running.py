"""What the doctor says about a running installation: well, and with one thing broken at a time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from bench.ack_bare import free_port
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from response.core import clock
from response.doctor import database
from response.doctor.diagnosis import diagnose
from response.doctor.findings import Finding, State
from response.slack.manifest import BOT_SCOPES
from slack_sandbox.testing import running_sandbox, wait_for
from tests.company import Company


def wrong() -> dict[str, Finding]:
    """Return what is wrong now, by name."""
    return {finding.problem: finding for finding in diagnose() if finding.problem}


@pytest.fixture
def installed(company: Company) -> Company:
    """An installation that Slack has called, with the app in its channel."""
    company.sandbox.app("Response", channels=["incidents"])
    company.declare()
    company.settled()
    return company


def test_all_is_well(installed: Company) -> None:
    findings = diagnose()
    assert [finding for finding in findings if finding.state not in (State.OK, State.SKIPPED)] == []
    said = {f"{finding.check}: {finding.text}" for finding in findings}
    assert f"token: of {team(installed)}, with all {len(BOT_SCOPES)} scopes" in said
    assert "channel: the app is in #incidents" in said
    assert "migrations: all are applied" in said


def team(company: Company) -> str:
    found = httpx.get(company.sandbox.api_url + "auth.test", headers={"Authorization": "Bearer xoxb-tests"}).json()
    return f"{found['team']} ({found['team_id']})"


def test_old_database() -> None:
    [finding] = database.version(130012)
    assert finding.problem == "old_database"
    assert finding.text == "PostgreSQL 13 is too old: Response needs 14 or later."


def test_not_migrated(installed: Company) -> None:
    [(_, last)] = MigrationLoader(connection).graph.leaf_nodes("response")
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("response", last)
    try:
        assert wrong()["not_migrated"].text == f"Migrations are missing (1); the first is response.{last}."
    finally:
        recorder.record_applied("response", last)


def test_disk_full() -> None:
    finding = database.room(12, Path("/data"))
    assert (finding.problem, finding.text) == ("disk_full", "Only 12 MB are free where /data lies.")


def test_disk_low() -> None:
    assert database.room(900, Path("/data")).problem == "disk_low"
    assert database.room(90_000, Path("/data")).state is State.OK


@pytest.mark.parametrize(("minutes", "direction"), [(10, "ahead of"), (-10, "behind")])
def test_clock_off(installed: Company, minutes: int, direction: str) -> None:
    clock.move(timedelta(minutes=minutes))
    found = wrong()["clock_off"]
    assert f"s {direction} Slack's." in found.text
    assert "Let NTP set the clock" in found.fix


def test_token_refused(installed: Company) -> None:
    with override_settings(SLACK_TOKEN="xoxb-of-nobody"):
        found = wrong()["token_refused"]
    assert "Slack does not take SLACK_TOKEN: invalid_auth." in found.text


def test_missing_scope(installed: Company) -> None:
    installed.sandbox.app("Response", scopes=sorted(set(BOT_SCOPES) - {"pins:write", "channels:join"}))
    found = [finding for finding in diagnose() if finding.problem == "missing_scope"]
    assert [finding.text for finding in found] == [
        "The app lacks channels:join, to post the headline where the app has not been invited.",
        "The app lacks pins:write, to pin the card.",
    ]
    assert found[1].fix.startswith("pins.add will not work.")


def test_other_workspace(installed: Company) -> None:
    with running_sandbox() as elsewhere:
        elsewhere.team(name="Beta", id="T0BETA")
        elsewhere.app("Response", bot_token="xoxb-tests", scopes=sorted(BOT_SCOPES))
        with override_settings(SLACK_API_URL=elsewhere.api_url):
            assert "belongs to Beta (T0BETA), and no channel of the latest incidents" in wrong()["other_workspace"].text


def test_address_away(installed: Company) -> None:
    with override_settings(SITE_URL=f"http://127.0.0.1:{free_port()}"):
        assert "cannot be reached from here: " in wrong()["address_away"].text


def test_not_us(installed: Company) -> None:
    with override_settings(SITE_URL=installed.sandbox.url):
        assert "answers 404, which is not Response." in wrong()["not_us"].text


@pytest.fixture
def web_with_another_secret(installed: Company) -> Iterator[str]:
    """A web process that was started with another signing secret."""
    parts = connection.settings_dict
    url = f"postgresql://{parts['USER']}@:{parts['PORT']}/{parts['NAME']}?host={quote(parts['HOST'], safe='')}"
    environ = {"DATABASE_URL": url, "SECRET_KEY": "only for this test", "SLACK_SIGNING_SECRET": "another app's"}
    environ |= {"DJANGO_SETTINGS_MODULE": "response.project.settings"}
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "response", "web", "--bind", address]
    with subprocess.Popen(command, env=os.environ | environ) as process:
        try:
            wait_for(lambda: is_up(f"http://{address}"), timeout=20)
            yield f"http://{address}"
        finally:
            process.terminate()


def is_up(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code < 500
    except httpx.TransportError:
        return False


def test_other_secret(web_with_another_secret: str) -> None:
    with override_settings(SITE_URL=web_with_another_secret):
        found = wrong()["other_secret"]
    assert "refuses what is signed with our SLACK_SIGNING_SECRET" in found.text


def test_nothing_heard(company: Company) -> None:
    company.sandbox.app("Response", signing_secret="the client secret, for example")
    company.rae.runs("/incident", "Payments are failing", company.general)
    found = wrong()["nothing_heard"]
    assert found.state is State.WARNING
    assert "or it is the Client Secret" in found.fix


def test_no_channel(installed: Company) -> None:
    with override_settings(INCIDENT_CHANNEL_NAME="major-incidents"):
        assert wrong()["no_channel"].text == "There is no channel #major-incidents that the app can see."


def test_a_private_channel_is_one_that_the_app_cannot_see(installed: Company) -> None:
    installed.workspace.channel("quiet", installed.rae, is_private=True)
    with override_settings(INCIDENT_CHANNEL_NAME="quiet"):
        assert "A private one stays invisible: make it public." in wrong()["no_channel"].fix


def test_archived_channel(installed: Company) -> None:
    installed.rae.archives(installed.incidents)
    assert wrong()["archived_channel"].text == "#incidents is archived: no headline can be posted."


def test_no_member(company: Company) -> None:
    found = wrong()["no_member"]
    assert (found.state, found.text) == (State.WARNING, "The app is not in #incidents.")
    assert "/invite @incident in #incidents" in found.fix
