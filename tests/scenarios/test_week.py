"""A week of reminders, with two workers and a clock that is moved."""

from collections import Counter
from datetime import timedelta

from response.core import clock
from response.core.models import Incident
from response.plugins import registry
from response.reminders.models import Reminder
from response.slack import reminding
from slack_sandbox.testing import Room
from tests import services
from tests.scenarios.conftest import Company

STEPS = (2, 2, 1, 2, 3, 2, 3, 5, 5, 5, *([720] * 13))  # minutes: an hour closely, then half a day at a time, to a week


def test_each_reminder_is_posted_as_often_as_promised_over_a_week(
    company: Company, incident: Incident, channel: Room
) -> None:
    with services.worker():  # beside the one that always runs
        for number, minutes in enumerate(STEPS):
            clock.move(timedelta(minutes=minutes))
            reminding.look()
            reminding.look()  # two workers that look in the same moment
            if number == len(STEPS) // 2:
                with services.worker():  # one comes and goes
                    company.settled()
            company.settled()
    posted = Counter(
        words
        for message in company.bo.sees(channel)
        for words in ("Nobody leads", "has no severity", "has been running for")
        if message.get("bot_id") and words in message.all_text
    )
    assert posted == {"Nobody leads": 5, "has no severity": 5, "has been running for": 6}
    for reminder in Reminder.objects.filter(incident=incident):
        handler = registry.reminders.get(reminder.key)
        assert handler is not None
        assert handler.plan is not None
        assert reminder.sent_count == handler.plan.limit
