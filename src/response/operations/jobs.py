"""The jobs of those who watch over the others."""

from procrastinate.contrib.django import app

from response.operations import heartbeat
from response.slack.queue import CHORE


@app.periodic(cron="* * * * *")
@app.task(name="beat", queueing_lock="beat", lock="beat", priority=CHORE)
def beat(timestamp: int) -> None:
    """Give a sign of life, every minute, by one worker: so it also says that periodic jobs run."""
    del timestamp
    heartbeat.beat()
