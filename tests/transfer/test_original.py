"""A database of the original comes over: all of it, or nothing; and Slack hears nothing of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from response.core import actions, clock
from response.core.models import Action, Incident, Person, TimelineEvent
from response.core.severity import Severity
from response.reminders.models import Reminder
from response.slack import reminding
from response.slack.models import CommsChannel, Delivery, HeadlinePost, PinnedMessage, UserStats
from response.transfer.original.bringing import Report, bring_over
from tests.company import Company
from tests.transfer.conftest import content, take_away
from tests.transfer.originals import LAST, SEED, for_sqlite

BOTH = pytest.mark.parametrize("original", [SEED, LAST], ids=["2019", "0.5.1"], indirect=True)


@contextmanager
def database(script: str) -> Iterator[str]:
    """A database of its own beside that of the tests, filled by the script. Yields its address."""
    parts, name = connection.settings_dict, f"original_{uuid4().hex[:12]}"
    base = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@:{parts['PORT']}"
    host = quote(parts["HOST"], safe="")
    with psycopg.connect(f"{base}/postgres?host={host}", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            with psycopg.connect(f"{base}/{name}?host={host}") as made:
                made.execute("SET TIME ZONE 'UTC'")
                made.execute(script)  # type: ignore[arg-type]
            yield f"{base}/{name}?host={host}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@pytest.fixture
def original(request: pytest.FixtureRequest, empty: Callable[[], None]) -> Iterator[str]:
    """The address of a database of the original."""
    with database(request.param) as url:
        yield url


def counts() -> dict[str, int]:
    """Return how many there are in our database."""
    return {
        "incidents": Incident.objects.count(),
        "people": Person.objects.exclude(app_id="import").count(),
        "channels": CommsChannel.objects.count(),
        "headlines": HeadlinePost.objects.exclude(message_ts="").count(),
        "entries": TimelineEvent.objects.count(),
        "pins": PinnedMessage.objects.count(),
        "actions": Action.objects.count(),
        "participants": UserStats.objects.count(),
    }


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (
            SEED,
            {
                "incidents": 2,
                "people": 2,
                "channels": 2,
                "headlines": 1,
                "entries": 2,
                "pins": 2,
                "actions": 0,
                "participants": 2,
            },
        ),
        (
            LAST,
            {
                "incidents": 3,
                "people": 3,
                "channels": 2,
                "headlines": 3,
                "entries": 4,
                "pins": 1,
                "actions": 2,
                "participants": 3,
            },
        ),
    ],
    ids=["2019", "0.5.1"],
    indirect=["original"],
)
def test_all_of_it_comes_over(original: str, expected: dict[str, int]) -> None:
    report = bring_over(original)
    assert counts() == expected
    lost = {what for what, (found, came) in report.counts.items() if found != came}
    assert lost <= {"people", "participants"}  # somebody who stood there twice


@pytest.mark.parametrize("original", [SEED], ids=["2019"], indirect=True)
def test_an_incident_of_2019(original: str) -> None:
    bring_over(original)
    first = Incident.objects.get(pk=1)
    assert first.report == "Payments are failing & <@U2> knows"
    assert first.report_time == datetime(2019, 5, 19, 10, 2, 3, 500_000, tzinfo=UTC)
    assert (first.severity, first.max_severity) == ("2", "2")
    assert (first.reporter.external_id, first.lead and first.lead.external_id) == ("U1", "U2")
    assert first.duration() == "1 hr"
    assert Incident.objects.get(pk=2).lead is None
    pin = PinnedMessage.objects.get(message_ts="1558260300.000200")
    assert (pin.timeline_event.text, pin.timeline_event.timestamp) == (
        pin.text,
        datetime(2019, 5, 19, 10, 5, tzinfo=UTC),
    )
    assert (pin.author.external_id, pin.held_by) == ("U2", ["pin"])
    assert CommsChannel.objects.get(incident=1).channel_name == "inc-101"


@pytest.mark.parametrize("original", [LAST], ids=["0.5.1"], indirect=True)
def test_an_incident_of_the_last_release(original: str) -> None:
    report = bring_over(original)
    first, second, third = Incident.objects.order_by("pk")
    lee = Person.objects.get(external_id="U2")
    assert (lee.full_name, lee.email) == ("Lee Leader", "lee@example.org")
    assert first.lead == lee
    assert Person.objects.get(external_id="U3").deleted
    assert (second.reporter.full_name, second.reporter.app_id) == ("Unknown", "import")
    assert third.severity == "high"
    assert first.actions.get(done=True).done_date == datetime(2021, 6, 9, 9, tzinfo=UTC)
    assert first.participants.get(user=lee).message_count == 5
    assert PinnedMessage.objects.get().timeline_event_id == 2
    assert TimelineEvent.objects.get(pk=2).author == lee
    notes = "\n".join(report.notes)
    assert "1 people stood there more than once" in notes
    assert "1 were reports only; they are incidents now: 3." in notes
    assert "1 were marked as private, which the original did not keep to" in notes
    assert "2 incidents are open. Nobody is reminded of them" in notes
    assert "The 1 rows of the event log stay behind" in notes


@BOTH
def test_documents_render(original: str) -> None:
    bring_over(original)
    with override_settings(RESPONSE_LOGIN_REQUIRED=False, PAGES_ACT_AS=""):
        for incident in Incident.objects.all():
            page = Client().get(f"/incident/{incident.pk}/")
            assert page.status_code == 200
            assert incident.report.split(" ")[0] in page.content.decode()


@BOTH
def test_new_rows_are_numbered_after_the_old(original: str) -> None:
    bring_over(original)
    newest = max(Incident.objects.values_list("pk", flat=True))
    incident = actions.declare("Another", by=Person.objects.get(external_id="U1"))
    assert incident.pk == newest + 1
    actions.add_action(incident, "Something", by=incident.reporter)


@BOTH
def test_a_dry_run_stores_nothing(original: str) -> None:
    rehearsed = bring_over(original, dry_run=True)
    assert content() == {}
    assert bring_over(original) == rehearsed


@pytest.mark.parametrize("script", [SEED, LAST], ids=["2019", "0.5.1"])
def test_slack_hears_nothing_and_nobody_is_reminded(company: Company, script: str) -> None:
    since = company.sandbox.seq()
    with database(script) as url:
        bring_over(url)
    clock.move(timedelta(days=400))
    reminding.look()
    company.settled()
    assert not [call for call in company.sandbox.calls(since=since) if call["method"] != "auth.test"]
    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exclude(status="succeeded").exists()
    assert not Reminder.objects.filter(stopped_at=None).exists()


@pytest.mark.parametrize("script", [SEED, LAST], ids=["2019", "0.5.1"])
def test_a_database_of_sqlite_is_brought_over_alike(script: str, tmp_path: Path, empty: Callable[[], None]) -> None:
    file = tmp_path / "db.sqlite3"
    with sqlite3.connect(file) as made:
        made.executescript(for_sqlite(script))
    made.close()
    from_sqlite, of_sqlite = bring_over(f"sqlite:///{file}"), without_ids(content())
    take_away()
    with database(script) as url:
        assert bring_over(url) == from_sqlite
    assert without_ids(content()) == of_sqlite


def without_ids(found: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """Return content without when it came in."""
    for row in found.get("response.reminder", []):
        for name in ("due_at", "stopped_at"):
            row["fields"].pop(name)  # type: ignore[attr-defined]
    return found


DAMAGES = {
    "response_action 1: there is no incident 99": """
        ALTER TABLE response_action DROP CONSTRAINT response_action_incident_id_fkey;
        UPDATE response_action SET incident_id = 99""",
    "response_incident 2: report is empty": """
        ALTER TABLE response_incident ALTER report DROP NOT NULL;
        UPDATE response_incident SET report = NULL WHERE id = 2""",
    "response_incident 1: there is no person 3": """
        ALTER TABLE response_incident DROP CONSTRAINT response_incident_lead_id_fkey;
        DELETE FROM response_userstats;
        DELETE FROM response_externaluser WHERE id = 3""",
    "response_userstats 4: message_count is no count": "UPDATE response_userstats SET message_count = -3 WHERE id = 4",
    "response_timelineevent has no text": "ALTER TABLE response_timelineevent DROP COLUMN text",
    "There is no table of incidents": "DROP TABLE response_incident CASCADE",
    "response_timelineevent 3: metadata is no JSON": """
        ALTER TABLE response_timelineevent ALTER metadata TYPE text;
        UPDATE response_timelineevent SET metadata = '{' WHERE id = 3""",
    "response_commschannel 1: channel_name has 90 characters, and 80 fit": """
        ALTER TABLE response_commschannel ALTER channel_name TYPE text;
        UPDATE response_commschannel SET channel_name = repeat('x', 90)""",
    "This is a database of this Response.": "CREATE TABLE response_person (id integer)",
}


@pytest.mark.parametrize("sentence", DAMAGES)
def test_a_damaged_database_imports_nothing(empty: Callable[[], None], sentence: str) -> None:
    with database(LAST + DAMAGES[sentence]) as url, pytest.raises(CommandError) as refused:
        call_command("import_response", url)
    assert sentence in str(refused.value)
    assert str(refused.value).endswith("Nothing was imported.")
    assert content() == {}


def test_a_damaged_file_imports_nothing(empty: Callable[[], None], tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    for url, sentence in {
        f"sqlite:///{tmp_path / 'db.sqlite3'}": "The original's database cannot be read: ",
        f"sqlite:///{tmp_path / 'nothing'}": "There is no file",
        "postgresql://127.0.0.1:9/x": "The original's database cannot be read: ",
        "mysql://localhost/x": "Say where the database is",
    }.items():
        with pytest.raises(CommandError, match=sentence):
            call_command("import_response", url)
    assert content() == {}


@pytest.mark.parametrize("original", [LAST], ids=["0.5.1"], indirect=True)
def test_a_database_with_a_record_is_left_alone(original: str) -> None:
    person = Person.objects.create(external_id="U1")
    actions.declare("Already here", by=person)
    before = content()
    with pytest.raises(CommandError, match="This database has incidents already"):
        call_command("import_response", original)
    assert content() == before


@pytest.mark.parametrize(
    ("original", "note"),
    [
        (
            SEED + "INSERT INTO slack_commschannel (incident_id, channel_id) VALUES (1, 'C103')",
            "Incident 1 had several channels",
        ),
        (
            SEED + "UPDATE slack_commschannel SET channel_id = 'C101'",
            "Incidents 1 and 2 shared #inc-102; the first has it.",
        ),
        (SEED + "UPDATE slack_pinnedmessage SET message_ts = '1.2'", "A message of incident 1 was pinned twice"),
    ],
    ids=["several channels", "one channel for two", "pinned twice"],
    indirect=["original"],
)
def test_what_the_originals_races_left_behind_is_put_right(original: str, note: str) -> None:
    assert note in "\n".join(bring_over(original).notes)


@pytest.mark.parametrize("original", [LAST], ids=["0.5.1"], indirect=True)
def test_the_command_reports(original: str) -> None:
    out = StringIO()
    call_command("import_response", original, dry_run=True, stdout=out)
    assert "       3       3  incidents" in out.getvalue()
    assert "       4       3  people" in out.getvalue()
    assert out.getvalue().endswith("This was a dry run: nothing was stored.\n")
    assert isinstance(bring_over(original, dry_run=True), Report)


def test_a_headline_of_the_originals_is_brought_up_to_date(company: Company) -> None:
    incident = company.declare()
    post = company.headline()
    HeadlinePost.objects.update(channel_id="")  # the original did not keep where its headlines stand
    actions.set_severity(incident, Severity.MINOR, by=incident.reporter)
    company.settled()
    assert company.headline().ts == post.ts
    assert "Minor" in company.headline().all_text
