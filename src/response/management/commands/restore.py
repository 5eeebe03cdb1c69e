"""`response restore`: what `response backup` wrote, into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from response.transfer.backups import Failed, is_dump, restore_dump, restore_export
from response.transfer.rows import Unreadable


class Command(BaseCommand):
    """Put a backup back."""

    help = "Put a backup into an empty database, and bring it up to this version. Stop Response first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="that `response backup` or `response export` wrote")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Put it back; or say why nothing was."""
        file: Path = given["file"]
        try:
            dump = is_dump(file)
            if dump:
                restore_dump(file)
            call_command("migrate", verbosity=0)
            if not dump:
                restore_export(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (Failed, Unreadable) as error:
            raise CommandError(f"{error}\nNothing was restored.") from error
        self.stdout.write(f"{file} is back. Start Response again.")
