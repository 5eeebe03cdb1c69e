"""Reminders: looked for every few seconds by one worker, each run in a job and a transaction of its own."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from response.core import about
from response.core.models import Incident, Person
from response.plugins import Button, action_handler, registry
from response.plugins.calling import Provided, call
from response.plugins.pieces import as_message
from response.plugins.registry import Handler
from response.reminders import schedule
from response.reminders.hours import WorkingHours
from response.reminders.models import Reminder
from response.reminders.schedule import Plan
from response.slack import failures, outbox
from response.slack.chat import SlackChat
from response.slack.limits import TookTooLong, within
from response.slack.models import CommsChannel, Delivery
from response.slack.queue import CHORE, defer

logger = logging.getLogger(__name__)

STUCK = timedelta(seconds=30)

SNOOZE, STOP = "snooze-reminder", "stop-reminder"


def hours() -> WorkingHours | None:
    """Return the working hours that are set, if any."""
    return WorkingHours.parse(settings.REMINDER_HOURS) if settings.REMINDER_HOURS else None


def plans() -> list[Plan]:
    """Return the promises of all reminders."""
    return [handler.plan for handler in registry.reminders if handler.plan]


def look() -> None:
    """Begin the reminders of new incidents, and give each that is due a job."""
    with_channel = Incident.objects.filter(commschannel__channel_id__isnull=False, commschannel__is_archived=False)
    for plan in plans():
        schedule.ensure(plan, with_channel, hours())
    for reminder_id in schedule.waiting(plans()):
        defer("remind", lock=f"reminder:{reminder_id}", priority=CHORE, reminder_id=reminder_id)


def remind(reminder_id: int) -> None:
    """Run a reminder that is due. One that takes too long is stopped, and looks again like one with nothing to say."""
    try:
        within(settings.HANDLER_TIMEOUT, lambda: take_turn(reminder_id))
    except TookTooLong as error:
        with transaction.atomic():
            reminder = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder_id)
            failures.write_down(error, reminder.key, incident=reminder.incident_id)
            handler = registry.reminders.get(reminder.key)
            if handler and handler.plan:
                schedule.passed_over(reminder, handler.plan, hours())


@transaction.atomic
def take_turn(reminder_id: int) -> None:
    """Run the handler, and count it when it posted something."""
    found = Reminder.objects.filter(pk=reminder_id).first()
    handler = registry.reminders.get(found.key) if found else None
    if handler is None or handler.plan is None:
        return
    reminder = schedule.claim(reminder_id, handler.plan)
    if reminder is None:
        return
    about.note(incident=reminder.incident_id)
    if not is_flowing(reminder.incident) or not has_spoken(handler, reminder):
        schedule.passed_over(reminder, handler.plan, hours())
        return
    schedule.posted(reminder, handler.plan, hours())


def is_flowing(incident: Incident) -> bool:
    """Whether Slack takes what is said. While it does not, reminders would pile up and be stale when it does."""
    unsent = Delivery.objects.filter(incident=incident, kind="post", state__in=["waiting", "sending"])
    return not unsent.filter(Q(attempts__gt=0, error__gt="") | Q(created_at__lt=timezone.now() - STUCK)).exists()


def has_spoken(handler: Handler, reminder: Reminder) -> bool:
    """Run the handler, post what it returns, and say whether anything was posted. A failure is logged, and alone."""
    channel = CommsChannel.objects.select_related("incident").filter(incident=reminder.incident).first()
    if channel is None or not channel.is_ready or channel.is_archived:
        return False
    provided: Provided = {
        "incident": lambda: reminder.incident,
        "comms_channel": lambda: channel,
        "chat": SlackChat,
    }
    buttons = control_buttons(reminder, handler)
    try:
        with transaction.atomic(), outbox.noting(buttons) as posted:
            message = as_message(call(handler.function, "reminder", provided), handler.key)
            if message and message.is_private:
                raise ValueError("a reminder speaks to the channel: there is nobody to tell it in private")
            if message:
                outbox.post(reminder.incident, message.text, buttons=message.buttons)
    except Exception as error:  # noqa: BLE001 - the plugin boundary
        failures.write_down(error, handler.key, incident=reminder.incident_id)
        return False
    return bool(posted)


def control_buttons(reminder: Reminder, handler: Handler) -> list[Button]:
    """Return what stands under every reminder: quiet for a while, and quiet for good."""
    minutes = timedelta(minutes=settings.REMINDER_SNOOZE_MINUTES)
    length = f"{int(minutes.total_seconds() // 60)} min"
    last = handler.plan is None or reminder.sent_count + 1 >= handler.plan.limit
    stop = Button("Stop reminding", STOP, str(reminder.pk))
    return [] if last else [Button(f"Snooze {length}", SNOOZE, str(reminder.pk)), stop]


@action_handler(SNOOZE)
def snooze(value: str) -> str:
    """Keep the reminder quiet for a while."""
    length = timedelta(minutes=settings.REMINDER_SNOOZE_MINUTES)
    reminder = schedule.snooze(number(value), length)
    if reminder is None:
        return "That reminder is not there any more."
    return f"Quiet until {reminder.due_at:%H:%M} UTC."


@action_handler(STOP)
def stop(user: Person, value: str) -> str:
    """Keep the reminder quiet for good, in this incident."""
    reminder = schedule.stop(number(value), by=user)
    return "I will not remind of this again in this incident." if reminder else "That reminder is not there any more."


def number(value: str) -> int:
    return int(value) if value.isdigit() and len(value) < 18 else 0
