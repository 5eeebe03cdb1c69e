"""Reminders: as often as promised, no more, and only while there is something to say."""

from datetime import timedelta

import pytest
from django.test import override_settings

from response.core import clock
from response.core.models import Incident
from response.reminders.hours import WorkingHours
from response.reminders.models import Reminder
from response.slack import reminding
from slack_sandbox.testing import Message, Room
from tests.scenarios.conftest import Company


def later(company: Company, minutes: float) -> None:
    """Let time pass, and have the worker look."""
    clock.move(timedelta(minutes=minutes))
    reminding.look()
    company.settled()


def said(company: Company, channel: Room, words: str) -> list[Message]:
    return [m for m in company.bo.sees(channel) if m.get("bot_id") and words in m.all_text]


LEAD, SEVERITY, LONG = "Nobody leads", "has no severity", "has been running for"


def test_a_missing_lead_is_asked_for_every_two_minutes_five_times(company: Company, channel: Room) -> None:
    for minutes in (1.9, 0.2, 2, 2, 2, 2, 2, 2):
        later(company, minutes)
    assert len(said(company, channel, LEAD)) == 5


def test_nothing_is_said_of_what_is_not_missing_and_that_is_not_counted(
    company: Company, incident: Incident, channel: Room
) -> None:
    company.asks(company.bo, channel, "severity minor")
    for _ in range(3):
        later(company, 5)
    assert said(company, channel, SEVERITY) == []
    assert Reminder.objects.get(key__endswith="remind_severity").sent_count == 0
    Incident.objects.all().update(severity=None)
    later(company, 5)
    assert len(said(company, channel, SEVERITY)) == 1


def test_the_button_does_the_thing(company: Company, incident: Incident, channel: Room) -> None:
    later(company, 2.1)
    company.lee.joins(channel)
    company.lee.presses("I lead", in_message=said(company, channel, LEAD)[0])
    company.workspace.wait_for(lambda: Incident.objects.filter(lead__external_id=company.lee.id).exists())
    later(company, 2.1)
    assert len(said(company, channel, LEAD)) == 1


def test_a_snoozed_reminder_is_quiet_for_a_while(company: Company, channel: Room) -> None:
    later(company, 2.1)
    company.bo.presses("snooze-reminder", in_message=said(company, channel, LEAD)[0])
    company.bo.waits_for(channel, "Quiet until")
    company.settled()
    later(company, 10)
    assert len(said(company, channel, LEAD)) == 1
    later(company, 25)
    assert len(said(company, channel, LEAD)) == 2


def test_a_stopped_reminder_is_quiet_for_good(company: Company, channel: Room) -> None:
    later(company, 2.1)
    company.bo.presses("Stop reminding", in_message=said(company, channel, LEAD)[0])
    company.bo.waits_for(channel, "not remind of this again")
    company.settled()
    for _ in range(3):
        later(company, 60)
    assert len(said(company, channel, LEAD)) == 1


def test_a_closed_incident_is_left_alone(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "close")
    company.settled()
    later(company, 800)
    assert said(company, channel, LEAD) == []
    assert said(company, channel, LONG) == []


def test_while_slack_takes_nothing_no_reminders_pile_up(company: Company, channel: Room) -> None:
    company.sandbox.fault("error", "chat.postMessage", status=503, times=3)
    clock.move(timedelta(minutes=3))
    reminding.look()
    for _ in range(5):
        clock.move(timedelta(minutes=3))
        reminding.look()
    company.settled()
    assert len(said(company, channel, LEAD)) <= 2


@pytest.mark.parametrize("declared_at", ["20:00", "08:50"])
def test_working_hours_move_a_reminder_and_drop_none(
    company: Company, incident: Incident, channel: Room, declared_at: str
) -> None:
    hour, minute = map(int, declared_at.split(":"))
    began = (incident.start_time - timedelta(days=1)).replace(hour=hour, minute=minute)
    with override_settings(REMINDER_HOURS="Mon-Fri 09:00-17:00"):
        Incident.objects.all().update(start_time=began)
        Reminder.objects.all().delete()  # the worker may have looked before there were working hours
        reminding.look()
        due = Reminder.objects.get(key__endswith="remind_close_incident").due_at
        assert WorkingHours.parse("Mon-Fri 09:00-17:00").next(due) == due
        later(company, max(0, (due - clock.now()).total_seconds() / 60) + 1)
        assert len(said(company, channel, LONG)) == 1
