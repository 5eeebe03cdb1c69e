"""The job of the search."""

from procrastinate.contrib.django import app

from response.search import index
from response.slack.retrying import UntilDone

PRIORITY = -20  # after everything that people wait for


@app.periodic(cron="* * * * * */5")
@app.task(
    name="make_searchable",
    retry=UntilDone(),
    queueing_lock="make_searchable",
    lock="make_searchable",
    priority=PRIORITY,
)
def make_searchable(timestamp: int) -> None:
    """Read what has changed; every five seconds, by one worker."""
    del timestamp  # the schedule's, not the clock's
    index.catch_up()
