"""The jobs of the Slack side, and when each is tried again."""

import random
from datetime import timedelta

from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from response.core import clock
from response.core.errors import TemporaryError
from response.slack import delivery, dispatch, handling, people
from response.slack.gates import ComeBack

LONGEST_PAUSE = 60.0  # seconds between two tries, however often it failed


def pause(attempts: int) -> float:
    """Return the seconds before the next try: doubling from half a second, with jitter."""
    doubled = 0.5 * float(2 ** min(attempts, 10))
    return min(LONGEST_PAUSE, doubled) * random.uniform(0.75, 1.25)  # noqa: S311


class UntilDone(BaseRetryStrategy):
    """Try again what is worth it, for as long as it takes; a bug is not."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, ComeBack):
            return RetryDecision(retry_at=exception.at)
        if isinstance(exception, TemporaryError):
            seconds = max(exception.retry_after or 0, pause(job.attempts))
        elif isinstance(exception, OperationalError | InterfaceError):
            seconds = pause(job.attempts)
        else:
            return None
        return RetryDecision(retry_at=clock.now() + timedelta(seconds=seconds))


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
