"""How long the pages and the lists of the API take, on a generated database, asked of the real web process over HTTP.

One request after the other, on a connection that stays open; the 95th percentile of the time until the answer is whole.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import quantiles

import httpx
import psycopg

from bench.ack import Service, database, environment
from bench.ack_bare import free_port, serving
from bench.generate import Size, fill, trusted
from bench.report import Report

REQUESTS = 100
SIZE = Size(incidents=10_000, entries=100_000, people=500, actions=10_000, longest=1000, todo=50)


@contextmanager
def pages(database_url: str) -> Iterator[Service]:
    """Run `response web` as one process."""
    port = free_port()
    command = [sys.executable, "-m", "response", "web", "--bind", f"127.0.0.1:{port}"]
    open_to_read = {"RESPONSE_LOGIN_REQUIRED": "false"}  # whoever asks needs no session, which costs a query of its own
    with serving(command, port, environment(database_url) | open_to_read) as pid:
        yield Service(f"http://127.0.0.1:{port}", pid)


def token(database_url: str) -> str:
    """Return a token of the API."""
    command = [sys.executable, "-m", "response", "create-token", "bench", "--as", "U0000001"]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | environment(database_url)
    )
    return done.stdout.strip()


def measure(report: Report) -> None:
    """Fill a database, ask for each page, and report how long it took."""
    with database() as url:
        with psycopg.connect(url) as connection, trusted(connection):
            fill(connection, SIZE)
        with pages(url) as served, httpx.Client(base_url=served.url, trust_env=False) as client:
            client.headers["Authorization"] = f"Bearer {token(url)}"
            for name, path in (
                ("page.document_p95_ms", f"/incident/{SIZE.incidents}/"),
                ("page.home_p95_ms", "/"),
                ("api.list_p95_ms", "/api/incidents?limit=100"),
            ):
                report.add(name, p95(partial(get, client, path)), "ms")


def get(client: httpx.Client, path: str) -> None:
    """Ask for an address, which has to answer."""
    client.get(path).raise_for_status()


def p95(act: Callable[[], None]) -> float:
    """Return the 95th percentile of how many milliseconds an act takes; the first few warm up."""
    taken = []
    for _ in range(REQUESTS + 5):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return quantiles(taken[5:], n=20)[-1]


if __name__ == "__main__":
    measure(Report())
