"""`response repair 12`: recreate what is missing in Slack for an incident."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from response.core.errors import PermanentError, TemporaryError
from response.core.models import Incident
from response.slack.repair import repair


class Command(BaseCommand):
    """Look what is missing, and ask the outbox for it."""

    help = "Recreate what is missing in Slack for an incident: headline, channel, members, topic, card and pin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the incident's number."""
        parser.add_argument("number", type=int, help="of the incident")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Repair it, and say what was asked for; the worker does it."""
        incident = Incident.objects.select_related("reporter", "lead").filter(pk=given["number"]).first()
        if incident is None:
            raise CommandError(f"There is no incident {given['number']}.")
        try:
            asked = repair(incident)
        except (TemporaryError, PermanentError) as error:
            advice = getattr(error, "advice", "") or "Try again in a minute."
            raise CommandError(f"Slack could not be looked at ({error}). {advice}") from error
        for line in asked:
            self.stdout.write(line)
        self.stdout.write("The worker does it as soon as Slack lets it; `response doctor` says when it does not.")
