"""When a job is tried again."""

from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from response.core.errors import TemporaryError
from response.slack.gates import ComeBack, pause


class UntilDone(BaseRetryStrategy):
    """Try again what is worth it, for as long as it takes; a bug is not."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when, or None for never."""
        if isinstance(exception, ComeBack):
            return RetryDecision(retry_at=exception.at)
        if isinstance(exception, TemporaryError):
            seconds = exception.retry_after or pause(job.attempts)
        elif isinstance(exception, OperationalError | InterfaceError):
            seconds = pause(job.attempts)
        else:
            return None
        return RetryDecision(retry_at=timezone.now() + timedelta(seconds=seconds))
