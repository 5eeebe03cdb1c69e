"""Runs the chaos and prints what came of it; the last line is the counts. Exits with 1 unless the last four are 0.

python -m bench.chaos [--seed 1] [--short] [--without dedupe|ordering|reconciliation]
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from typing import Any

import psycopg

from bench import stack
from bench.chaos import trouble
from bench.chaos.crowd import Crowd
from bench.chaos.fleet import Fleet
from bench.chaos.sabotage import WITHOUT
from bench.company import install
from bench.stack import Stack
from slack_sandbox.control import Sandbox

SIZES = {"full": (50, 5000, 150.0, 190.0), "short": (10, 700, 45.0, 75.0)}
"""Incidents, events, the seconds in which they come, and the seconds until everything has to be done."""
UNFINISHED = """
    SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queueing_lock IS NULL)
        + (SELECT count(*) FROM response_delivery WHERE state IN ('waiting', 'sending'))
        + (SELECT count(*) FROM response_inboundrequest WHERE handled_at IS NULL AND note = '')
"""


def main() -> int:
    """Run it. Returns the exit status."""
    parser = argparse.ArgumentParser("python -m bench.chaos", description="Everything goes wrong at once, by a seed.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="10 incidents and 700 events, in two minutes")
    parser.add_argument("--without", choices=sorted(WITHOUT), help="switch a guarantee off; the run has to fail")
    given = parser.parse_args()
    verdict = run(given.seed, "short" if given.short else "full", given.without)
    for finding in verdict.pop("findings"):
        print(f"  {finding}")
    print(" ".join(f"{name}={number}" for name, number in verdict.items()), flush=True)
    return int(any(verdict[name] for name in ("lost", "doubled", "out_of_order", "stuck", "stale")))


def run(seed: int, size: str, without: str | None) -> dict[str, Any]:
    """Make trouble, wait until it is over, and compare."""
    incidents, events, seconds, patience = SIZES[size]
    began = time.monotonic()
    with stack.prepared() as prepared, Sandbox(prepared.sandbox_url, timeout=60) as sandbox:
        company = install(sandbox, prepared)
        if without:
            with psycopg.connect(prepared.environ["DATABASE_URL"], autocommit=True) as connection:
                connection.execute(WITHOUT[without])
        fleet = Fleet(prepared, seed)
        try:
            stack.wait_for(prepared)
            trouble.switch_on(sandbox, seed)
            crowd = Crowd(company, random.Random(seed))
            let_them(crowd, fleet, incidents, events, seconds)
            wait_until_done(prepared, sandbox, patience)
            verdict = judged(prepared)
            if verdict["findings"]:
                print(f"The processes said, at last:\n{prepared.said()[-6000:]}")
        finally:
            fleet.stop()
    print(
        f"chaos: seed {seed}, {incidents} incidents, {crowd.events} events of people, {fleet.killed} workers killed, "
        f"{fleet.restarted} web and {fleet.database_restarts} database restarts, {time.monotonic() - began:.0f} s"
    )
    return verdict


def let_them(crowd: Crowd, fleet: Fleet, incidents: int, events: int, seconds: float) -> None:
    """Have people declare and talk, evenly over the time; the database goes twice meanwhile."""
    began = time.monotonic()
    declared = 0
    while declared < incidents or crowd.events < events:
        fleet.make_trouble()
        passed = (time.monotonic() - began) / seconds
        if declared < incidents and declared <= passed * 3 * incidents:
            declared += 1
            crowd.declare(declared)
        if fleet.database_restarts < 2 and passed > (fleet.database_restarts + 1) / 3:
            fleet.restart_database()
        if crowd.events < min(passed, 1.0) * events and (channels := crowd.channels()):
            crowd.talk(channels, at_most=events - crowd.events)
        else:
            time.sleep(0.05)


def wait_until_done(prepared: Stack, sandbox: Sandbox, patience: float) -> None:
    """Wait until nothing is under way; what is left after that is stuck."""
    deadline = time.monotonic() + patience
    quiet = 0
    while time.monotonic() < deadline and quiet < 3:
        quiet = quiet + 1 if not sandbox.open_events() and unfinished(prepared) == 0 else 0
        time.sleep(0.5)


def unfinished(prepared: Stack) -> int:
    """How much there is left to do, by the database."""
    with psycopg.connect(prepared.environ["DATABASE_URL"], autocommit=True) as connection:
        row = connection.execute(UNFINISHED).fetchone()
    return int(row[0]) if row else 0


def judged(prepared: Stack) -> dict[str, Any]:
    """Compare, in a process that knows Response's models."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.chaos.verdict", prepared.sandbox_url],
        env=os.environ | prepared.environ | {"DJANGO_SETTINGS_MODULE": "response.project.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
