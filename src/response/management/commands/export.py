"""`response export`: everything, as lines of JSON."""

import os
import sys
from argparse import ArgumentParser
from typing import Any, TextIO

from django.core.management import BaseCommand, CommandError

from response.transfer import writing
from response.transfer.tables import on_their_way


class Command(BaseCommand):
    """Write the record, accounts and all that belongs to it."""

    help = (
        "Write everything as lines of JSON (docs/reference/export.md). It holds hashed passwords: keep it as a backup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write it."""
        parser.add_argument("file", nargs="?", default="-", help="default: what the terminal or the next program reads")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Write it, and say how much it is."""
        try:
            with destination(given["file"]) as stream:
                count = writing.write(stream)
        except OSError as error:
            raise CommandError(f"{given['file']} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{count} rows exported.")
        if waiting := on_their_way():
            self.stderr.write(f"{waiting} messages are on their way to Slack, and are left out: the worker sends them.")


def destination(name: str) -> TextIO:
    """Open the file for its owner alone."""
    if name == "-":
        return os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8")
