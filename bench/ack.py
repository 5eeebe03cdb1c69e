"""How fast `response web` takes an event: signature checked, stored once, job deferred, acknowledged.

Both servers run on one PostgreSQL in one run, in turns, so that the ratio is the machine's mood taken out.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from bench.ack_bare import SECRET, THREADS, free_port, load, server_command, serving
from bench.load import Result
from bench.report import Report
from response.project import embedded

ROUNDS = 3
REQUESTS = 4000
CONNECTIONS = 8
WORKERS = 2


@dataclass(frozen=True)
class Service:
    """A server under load."""

    url: str
    pid: int


def environment(database_url: str) -> dict[str, str]:
    """Return the settings of a Response of its own."""
    return {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "ACK_DATABASE_URL": database_url,
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def database() -> Iterator[str]:
    """Yield the address of a fresh, migrated database."""
    folder = tempfile.mkdtemp(prefix="response-bench-")
    try:
        with embedded.running(folder) as url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("CREATE TABLE ack_bare (id bigserial PRIMARY KEY, body text)")
            command = [sys.executable, "-m", "response", "migrate", "--verbosity", "0"]
            subprocess.run(command, check=True, env=os.environ | environment(url))
            yield url
        embedded.remove(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def web(database_url: str) -> Iterator[Service]:
    """Run `response web`."""
    port = free_port()
    command = [sys.executable, "-m", "response", "web", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    with serving(command, port, environment(database_url)) as pid:
        yield Service(f"http://127.0.0.1:{port}/slack/event", pid)


@contextmanager
def bare(database_url: str) -> Iterator[Service]:
    """Run the bare application on the same server."""
    port = free_port()
    with serving(server_command("granian", port, WORKERS, THREADS), port, environment(database_url)) as pid:
        yield Service(f"http://127.0.0.1:{port}/", pid)


def measure(report: Report) -> None:
    """Load both in turns, and report the medians."""
    with database() as url, web(url) as ours, bare(url) as theirs:
        for service in (ours, theirs):
            load(service.url, requests=500, connections=CONNECTIONS)
        rounds = [(under_load(ours), under_load(theirs)) for _ in range(ROUNDS)]
    ours_per_s, bare_per_s = ([pair[side].per_s for pair in rounds] for side in (0, 1))
    report.add("ack.p50_ms", statistics.median(pair[0].p50_ms for pair in rounds), "ms")
    report.add("ack.p99_ms", statistics.median(pair[0].p99_ms for pair in rounds), "ms")
    report.add("ack.per_s", statistics.median(ours_per_s), "1/s")
    report.add("ack.bare_per_s", statistics.median(bare_per_s), "1/s")
    report.add("ack.ratio", statistics.median(o / b for o, b in zip(ours_per_s, bare_per_s, strict=True)), "ratio")


def under_load(service: Service) -> Result:
    """Return what a run of requests saw. Every one has to be taken."""
    result = load(service.url, requests=REQUESTS, connections=CONNECTIONS)
    if result.refused:
        raise SystemExit(f"{service.url} refused {result.refused} of {result.requests} requests")
    return result


if __name__ == "__main__":
    measure(Report())
