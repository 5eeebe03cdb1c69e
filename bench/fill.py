"""Fills a database with what a measurement needs, through Response's own words. Runs with the settings of a stack.

python -m bench.fill incidents C1 C2 …      an incident for each channel of Slack
python -m bench.fill posts 1000             so many posts, an incident after the other, all in one transaction
python -m bench.fill forget                 three days later: what is not needed any more goes
python -m bench.fill search                 makes everything searchable
python -m bench.fill sessions 200           prints the keys of so many sessions in which somebody is signed in
python -m bench.fill wait                   one post for each line of its input; prints when it was stored
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle, islice

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from response.accounts.linking import account_of  # noqa: E402
from response.core.models import Incident, Person  # noqa: E402
from response.search import index  # noqa: E402
from response.slack import outbox, retention  # noqa: E402
from response.slack.models import CommsChannel, InboundRequest  # noqa: E402


@transaction.atomic
def incidents(*channels: str) -> None:
    """Make an incident for each channel; nothing is said about them in Slack."""
    reporter = Person.objects.known_as("URAE")
    for number, channel in enumerate(channels, start=1):
        incident = Incident.objects.create(report=f"Incident of {channel}", reporter=reporter)
        name = f"bench-{number}"
        CommsChannel.objects.create(incident=incident, channel_id=channel, channel_name=name)


@transaction.atomic
def posts(count: str) -> None:
    """Ask for posts, round the incidents."""
    found = list(Incident.objects.order_by("pk"))
    for number in range(int(count)):
        outbox.post(found[number % len(found)], f"message {number}")


def forget() -> None:
    """Let three days pass for what Slack sent, and forget what is not needed."""
    ago = timezone.now() - timedelta(days=3)
    InboundRequest.objects.update(received_at=ago)
    InboundRequest.objects.exclude(handled_at=None).update(handled_at=ago)
    retention.forget()


def search() -> None:
    """Do the job of the search until there is nothing left to read."""
    index.catch_up()


def post() -> None:
    """Ask for one post, and print the moment its transaction ended."""
    with transaction.atomic():
        outbox.post(Incident.objects.order_by("pk")[0], "wake up")
    print(time.time(), flush=True)


def sessions(number: str) -> None:
    """Print the keys of so many sessions in which people are signed in, a person for each while there are enough."""
    people = list(Person.objects.order_by("pk")[: int(number)])
    for person in islice(cycle(people), int(number)):
        account = account_of(person)
        signed_in = SessionStore()
        signed_in[SESSION_KEY] = str(account.pk)
        signed_in[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        signed_in[HASH_SESSION_KEY] = account.get_session_auth_hash()
        signed_in.save()
        print(signed_in.session_key)


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    if what == "wait":
        for _line in sys.stdin:
            post()
    else:
        fillers: dict[str, Callable[..., None]] = {
            "incidents": incidents,
            "posts": posts,
            "forget": forget,
            "search": search,
            "sessions": sessions,
        }
        fillers[what](*arguments)
