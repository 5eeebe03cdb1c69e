"""`response import-response DATABASE_URL`: move from the original."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from response.transfer.original.bringing import bring_over
from response.transfer.rows import Unreadable


class Command(BaseCommand):
    """Bring over a database of the original."""

    help = "Bring over a database of the original Response: of 2019, of 0.5.1, and between. Nothing is said in Slack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where it is."""
        parser.add_argument("database_url", help="postgresql://user:password@host/name, or sqlite:///path")
        parser.add_argument("--dry-run", action="store_true", help="store nothing; only say what would come over")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Bring it over, and report; or say why nothing came."""
        try:
            report = bring_over(given["database_url"], dry_run=given["dry_run"])
        except Unreadable as error:
            raise CommandError(f"{error}\nNothing was imported.") from error
        self.stdout.write("   found    came")
        for what, (found, came) in report.counts.items():
            self.stdout.write(f"{found:8}{came:8}  {what}")
        for note in report.notes:
            self.stdout.write(f"- {note}")
        if given["dry_run"]:
            self.stdout.write("This was a dry run: nothing was stored.")
