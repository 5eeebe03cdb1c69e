"""`response backup`: everything, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from response.core import clock
from response.transfer.backups import Failed, back_up


class Command(BaseCommand):
    """Write a backup of the database."""

    help = (
        "Write a backup: PostgreSQL's own dump where a pg_dump as new as the server is here, and the export elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write it."""
        parser.add_argument("file", nargs="?", help="default: response-<date>.backup")
        parser.add_argument("--portable", action="store_true", help="the export, which any version and server reads")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Write it, and say what it is."""
        file = Path(given["file"] or f"response-{clock.now():%Y-%m-%d-%H%M%S}.backup")
        try:
            kind = back_up(file, portable=given["portable"])
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        except Failed as error:
            raise CommandError(f"No backup was made. {error}") from error
        self.stdout.write(
            f"{file} is {kind}, of {file.stat().st_size:,} bytes. `response restore {file}` puts it back."
        )
