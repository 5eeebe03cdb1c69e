"""Everything goes out, and comes back equal."""

import io
import json
import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import models, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.plugin import DjangoDbBlocker

from response.api.models import ApiToken
from response.core import actions, clock
from response.core.models import Incident, Person
from response.core.severity import Severity
from response.reminders.models import Reminder
from response.slack.models import CommsChannel, Delivery, HeadlinePost, PinnedMessage, SlackChannel, UserStats
from response.transfer.reading import read_in
from response.transfer.rows import Unreadable, written
from response.transfer.tables import LEFT_OUT, kept, label
from response.transfer.writing import write
from tests.old_plugin.models import Escalation
from tests.transfer.conftest import content, take_away


@pytest.fixture
def full(empty: Callable[[], None]) -> Callable[[], None]:
    """A database with something in every table of the record. Returns how to empty it."""
    fill()
    return empty


@pytest.fixture(scope="module")
def good_file(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[str]:
    """The lines of an export of all that."""
    with django_db_blocker.unblock(), transaction.atomic():
        take_away()
        fill()
        lines = exported().splitlines()
        transaction.set_rollback(True)
    return lines


def fill() -> None:
    account = User.objects.create(username="rae", email="rae@example.org", password="pbkdf2_sha256$1$salt$hash=")
    account.groups.add(group := Group.objects.create(name="Responders"))
    group.permissions.add(Permission.objects.get(codename="add_incident"))
    rae = Person.objects.create(
        external_id="URAE", full_name="Rae Réporter", owner=account, profile_read_at=clock.now()
    )
    lee = Person.objects.create(external_id="ULEE", display_name="lee")
    incident = actions.declare('Payments <fail> & "burn" 🔥\nreally', by=rae, severity=Severity.MAJOR)
    actions.set_summary(incident, "The queue is full", by=lee)
    actions.set_lead(incident, lee, by=rae)
    action = actions.add_action(incident, "Tell support", by=lee, owner=rae, due_date=clock.now() + timedelta(days=1))
    actions.change_action(action, by=rae, done=True)
    actions.propose(incident, "summary", "It is not", by=rae)
    note = actions.add_to_timeline(
        incident, "We rolled back", by=lee, at=clock.now(), kind="slack_pin", channel_id="C1"
    )
    PinnedMessage.objects.create(
        incident=incident,
        author=lee,
        message_ts="1.2",
        text="We",
        timestamp=clock.now(),
        timeline_event=note,
        held_by=["pin"],
    )
    CommsChannel.objects.create(incident=incident, channel_id="C1", channel_name="inc-101", card_ts="3.4")
    HeadlinePost.objects.filter(incident=incident).update(channel_id="C0", message_ts="5.6")
    SlackChannel.objects.create(channel_id="C0", name="incidents")
    UserStats.objects.create(incident=incident, user=lee, message_count=3)
    Reminder.objects.create(incident=incident, key="a.b", due_at=clock.now(), stopped_by=lee, stopped_at=clock.now())
    ApiToken.objects.issue("alertmanager", rae)
    Delivery.objects.update(state=Delivery.State.SENT, merge_key=None, answer={"ts": "5.6"})
    Escalation.objects.create(incident=incident, escalated_by=rae, team="payments")
    closed = actions.declare("Mail is late", by=lee)
    actions.close(closed, by=rae)
    Delivery.objects.update(state=Delivery.State.SENT, merge_key=None)


def exported() -> str:
    stream = io.StringIO()
    write(stream)
    return stream.getvalue()


def test_what_goes_out_comes_back_equal(full: Callable[[], None]) -> None:
    text, before = exported(), content()
    assert set(before) == {label(model) for model in kept()} - NOT_MADE_HERE
    full()
    assert content() == {}
    read_in(io.StringIO(text))
    assert content() == before
    assert without_time(exported()) == without_time(text)


NOT_MADE_HERE = {"account.emailaddress", "socialaccount.socialaccount"}


def without_time(text: str) -> list[str]:
    return text.splitlines()[1:]


def test_reading_in_says_nothing_to_slack(full: Callable[[], None]) -> None:
    text, deliveries = exported(), Delivery.objects.count()
    full()
    read_in(io.StringIO(text))
    assert Delivery.objects.count() == deliveries
    assert not ProcrastinateJob.objects.exists()


def test_new_rows_are_numbered_after_those_that_came_in(full: Callable[[], None]) -> None:
    text, newest = exported(), max(Incident.objects.values_list("pk", flat=True))
    full()
    read_in(io.StringIO(text))
    assert actions.declare("Another", by=Person.objects.get(external_id="ULEE")).pk == newest + 1


def test_every_table_of_ours_is_kept_or_left_out_for_a_reason() -> None:
    ours = {label(model) for model in apps.get_app_config("response").get_models()}
    assert set(LEFT_OUT) <= ours
    assert ours == {label(model) for model in kept() if label(model).startswith("response.")} | (ours & set(LEFT_OUT))


def test_nothing_that_is_kept_refers_to_what_is_left_out() -> None:
    for model in kept():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                assert label(field.related_model) in {label(each) for each in kept()}, field


def test_what_is_on_its_way_is_left_out(
    full: Callable[[], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Delivery.objects.create(kind="post", incident=Incident.objects.first(), lane="x")
    file = tmp_path / "export.jsonl"
    call_command("export", str(file))
    assert "1 messages are on their way to Slack, and are left out" in capsys.readouterr().err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    full()
    call_command("import", str(file))
    assert not Delivery.objects.filter(state="waiting").exists()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda lines: lines[:-1], "The file was cut off: its end is missing"),
        (lambda lines: [*lines[:5], lines[5][:20], *lines[6:]], "Line 6 is no JSON: the file is damaged."),
        (lambda lines: [*lines[:5], *lines[6:]], "The file promises"),
        (lambda lines: lines[1:], "This is no file of `response export`."),
        (lambda lines: [lines[0].replace('"version":1', '"version":2'), *lines[1:]], "The file has version 2"),
        (lambda lines: [line.replace("response.person", "response.alien") for line in lines], "There is no table"),
        (lambda lines: [line.replace('"full_name"', '"alias"') for line in lines], "has no alias here"),
        (lambda lines: [line.replace('"reporter_id":1', '"reporter_id":77') for line in lines], "Something refers to"),
        (lambda lines: [re_time(line) for line in lines], "report_time cannot be 'yesterday'"),
        (lambda lines: [line.replace('"report":"Mail is late"', '"report":null') for line in lines], "null value"),
        (lambda lines: [*lines[:3], "[]", *lines[3:]], "Line 4 is not what an export has there."),
    ],
)
def test_a_damaged_file_imports_nothing(
    good_file: list[str], empty: Callable[[], None], spoil: Callable[[list[str]], list[str]], sentence: str
) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_in(spoil(good_file))
    assert content() == {}


def re_time(line: str) -> str:
    row = json.loads(line)
    if row.get("table") == "response.incident":
        row["fields"]["report_time"] = "yesterday"
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def test_a_database_with_a_record_is_left_alone(full: Callable[[], None]) -> None:
    text, before = exported(), content()
    with pytest.raises(Unreadable, match="This database has incidents already"):
        read_in(io.StringIO(text))
    assert content() == before


def test_the_commands_say_it_in_sentences(tmp_path: Path, db: None) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("import", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="/dev/full cannot be written: No space left on device"):
        call_command("export", "/dev/full")
    (tmp_path / "picture").write_bytes(os.urandom(10) + b"\xff\xfe")
    with pytest.raises(CommandError, match=r"This is no file of `response export`|no JSON"):
        call_command("import", str(tmp_path / "picture"))


def test_an_older_file_without_a_newer_field_gets_its_default(full: Callable[[], None]) -> None:
    lines = [json.loads(line) for line in exported().splitlines()]
    full()
    for line in lines[1:-1]:
        line["fields"].pop("is_archived", None)
    read_in(json.dumps(line) for line in lines)
    assert CommsChannel.objects.get().is_archived is False
    assert written(CommsChannel.objects.get())["fields"]["is_archived"] is False
