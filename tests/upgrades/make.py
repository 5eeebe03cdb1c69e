"""Keeps a database of this version, for the test of all later ones. Run once for each release, and commit the files.

python -m tests.upgrades.make

Real processes and people fill it: those of `make smoke`, and `record.py`. It is kept as PostgreSQL's dump and as the
export; the first line of the export says how many rows of the record there are.
"""

import os
import subprocess
import sys
from pathlib import Path

from bench import path, stack
from bench.company import Company, install

from response import __version__
from slack_sandbox.control import Sandbox

FOLDER = Path(__file__).parent
PATIENCE = 60


def main() -> int:
    """Fill a database and keep it. Returns the exit status."""
    with stack.running() as running, Sandbox(running.sandbox_url) as sandbox:
        company = install(sandbox, running)
        live_through(company, path.STEPS)
        live_through(company, path.STEPS[:4])  # the second one stays open
        run(running, "-m", "tests.upgrades.record")
        for ending, *options in (("backup",), ("export.gz", "--portable")):
            run(running, "-m", "response", "backup", str(FOLDER / f"{__version__}.{ending}"), *options)
    return 0


def live_through(company: Company, steps: tuple[path.Step, ...]) -> None:
    """Have the people live through an incident. Raises what a step raises when it does not go well."""
    for step in steps:
        step(company)


def run(running: stack.Stack, *arguments: str) -> None:
    """Run Python with the settings of the database that is filled. Nobody is there to be asked for anything."""
    environ = os.environ | running.environ
    command = [sys.executable, *arguments]
    subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, check=True, timeout=PATIENCE)


if __name__ == "__main__":
    sys.exit(main())
