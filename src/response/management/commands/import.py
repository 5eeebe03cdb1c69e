"""`response import`: what `response export` wrote."""

import os
import sys
from argparse import ArgumentParser
from typing import Any, TextIO

from django.core.management import BaseCommand, CommandError

from response.transfer import reading
from response.transfer.rows import Unreadable


class Command(BaseCommand):
    """Read a file into a database without a record."""

    help = "Read what `response export` wrote into an empty, migrated database. Nothing is said in Slack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", help="to read; - for standard input")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Read it, and say what came in; or why nothing did."""
        try:
            with source(given["file"]) as stream:
                counts = reading.read_in(stream)
        except OSError as error:
            raise CommandError(f"{given['file']} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError("This is no file of `response export`. Nothing was imported.") from error
        except Unreadable as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        for name, count in counts.items():
            self.stdout.write(f"{count:8} {name}")
        self.stdout.write("`response repair` brings an open incident's headline and channel up to date in Slack.")


def source(name: str) -> TextIO:
    """Open the file."""
    if name == "-":
        return os.fdopen(os.dup(sys.stdin.fileno()), encoding="utf-8")
    return open(name, encoding="utf-8")
