"""The jobs of the Slack side, and when each is tried again."""

from procrastinate.contrib.django import app

from response.slack import delivery, dispatch, handling, hooks, people, pins, reminding, retention
from response.slack.queue import CHORE
from response.slack.retrying import UntilDone


@app.task(name="handle_request", retry=UntilDone())
def handle_request(*, request_id: int) -> None:
    """Give each handler that wants a stored request its own job."""
    dispatch.dispatch(request_id)


@app.task(name="run_handler", retry=UntilDone())
def run_handler(*, handling_id: int) -> None:
    """Run one handler's turn."""
    handling.run(handling_id)


@app.task(name="deliver", retry=UntilDone())
def deliver(*, delivery_id: int) -> None:
    """Send one delivery to Slack."""
    delivery.deliver(delivery_id)


@app.task(name="read_profile", retry=UntilDone())
def read_profile(*, user_id: str) -> None:
    """Ask Slack for somebody's profile."""
    people.read_profile(user_id)


@app.periodic(cron="* * * * * */10")
@app.task(
    name="look_for_reminders",
    retry=UntilDone(),
    queueing_lock="look_for_reminders",
    lock="look_for_reminders",
    priority=CHORE,
)
def look_for_reminders(timestamp: int) -> None:
    """Give each reminder that is due its job; every ten seconds, by one worker."""
    del timestamp  # the schedule's, not the clock's
    reminding.look()


@app.task(name="remind", retry=UntilDone())
def remind(*, reminder_id: int) -> None:
    """Run one reminder."""
    reminding.remind(reminder_id)


@app.task(name="run_hook", retry=UntilDone())
def run_hook(*, hook_call_id: int) -> None:
    """Run one lifecycle handler."""
    hooks.run(hook_call_id)


@app.task(name="pin_by_reaction", retry=UntilDone())
def pin_by_reaction(*, channel: str, ts: str, holder: str) -> None:
    """Put a message that somebody marked with 📌 on the timeline."""
    pins.pin_by_reaction(channel, ts, holder)


@app.task(name="unpin_by_reaction", retry=UntilDone())
def unpin_by_reaction(*, channel: str, ts: str, holder: str) -> None:
    """Take a 📌 back."""
    pins.unpin_by_reaction(channel, ts, holder)


@app.task(name="reread_message", retry=UntilDone())
def reread_message(*, channel: str, ts: str) -> None:
    """Have the timeline say what a pinned message says now."""
    pins.reread(channel, ts)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="forget_old_requests",
    retry=UntilDone(),
    queueing_lock="forget_old_requests",
    lock="forget_old_requests",
    priority=CHORE,
)
def forget_old_requests(timestamp: int) -> None:
    """Delete what Slack sent and was sent once nobody can need it."""
    del timestamp
    retention.forget()
