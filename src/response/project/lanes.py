"""A worker that goes on in a lane at once."""

from typing import Any

from procrastinate.worker import Worker


class LaneWorker(Worker):
    """Procrastinate's worker, looking for work again as soon as a job is over.

    Jobs of one lock run one after the other. When one ends, the next becomes free without anybody announcing it, and
    Procrastinate's own worker finds it at its next poll; an incident's channel would fill in steps of a poll.
    """

    async def _persist_job_status(self, *args: Any, **kwargs: Any) -> None:
        await super()._persist_job_status(*args, **kwargs)
        self._new_job_event.set()
