"""`response create-token`: let a program use the API."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from response.api.models import ApiToken
from response.core import people
from response.core.models import Person
from response.slack.people import SLACK_ID, known


class Command(BaseCommand):
    """Make a token for the API. It is shown once, and cannot be shown again."""

    help = "Make a token for the API, and print it. It is shown this once; only what it is checked with is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the token is for, and whom it acts as."""
        parser.add_argument("name", help="what the token is for, such as alertmanager")
        parser.add_argument(
            "--as",
            dest="person",
            required=True,
            metavar="PERSON",
            help="who is said to have done what it does: a Slack id, or the e-mail address of somebody known here",
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        """Make it and print it, alone on its line."""
        name = given["name"].strip()
        if not 0 < len(name) <= 100:
            raise CommandError("The name says what the token is for, in at most 100 characters.")
        token, secret = ApiToken.objects.issue(name, person_of(given["person"].strip()))
        self.stderr.write(f"Acts as {token.person}. Keep it: it is not shown again.")
        self.stdout.write(secret)


def person_of(words: str) -> Person:
    """Return who is meant. Somebody who has not been heard of yet is asked about by their Slack id."""
    person = people.meant_by(words) or (known(words) if SLACK_ID.fullmatch(words) else None)
    if person is None:
        raise CommandError(f"Nobody is known as {words}, or several are. Give a Slack id, such as U012AB3CD.")
    return person
