"""What is done for accounts by the hour."""

from importlib import import_module

from django.conf import settings
from procrastinate.contrib.django import app

from response.core.models import Person
from response.slack import people
from response.slack.queue import CHORE
from response.slack.retrying import UntilDone


@app.periodic(cron="17 * * * *")
@app.task(name="look_after_accounts", retry=UntilDone(), queueing_lock="look_after_accounts", priority=CHORE)
def look_after_accounts(timestamp: int) -> None:
    """Ask Slack about those who may sign in, for they may be seen in Slack no more; forget sessions that are over."""
    del timestamp
    for external_id in Person.objects.filter(app_id="slack").exclude(owner=None).values_list("external_id", flat=True):
        people.known(external_id)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
