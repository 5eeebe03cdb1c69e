"""Pages and lists of a company with many years behind it: 100,000 incidents, 1,000,000 entries, 5,000 people.

Asked of the real web process over HTTP, one request after the other, each time for something else where there is a
choice: `years.<page>_p95_ms`, and `years.<page>_queries`, which must not depend on what is asked for. Then 10,000 more
requests of all kinds from eight readers at once, and what the process has grown by: `years.memory_mb` before, and
`years.memory_growth_mb`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import httpx
import psycopg

from bench.ack import database, environment
from bench.ack_bare import resident_mb
from bench.generate import Size, fill, trusted
from bench.pages import get, p95, pages, token
from bench.report import Report

SIZE = Size(incidents=100_000, entries=1_000_000, people=5_000, actions=100_000, longest=2000, todo=50)
WORDS = ("payments", "database queue", "certificate", "checkout latency", "login -payments", '"search index"')
READERS, WARM, REQUESTS = 8, 2000, 10_000


def addresses(size: Size) -> dict[str, list[str]]:
    """Return what is asked for, by the name of the page."""
    some = range(7, size.incidents, size.incidents // 20)
    newest = f"/incident/{size.incidents}"
    return {
        "home": ["/"],
        "list": [
            "/incidents/",
            "/incidents/?status=closed",
            "/incidents/?severity=1",
            "/incidents/?sort=severity",
            f"/incidents/?lead=U{size.people // 3:07d}",
        ],
        "search": [f"/incidents/?q={httpx.QueryParams(q=words)['q']}" for words in WORDS],
        "document": [f"{newest}/"],
        "person": [f"/people/{number}/" for number in range(1, size.people, size.people // 20)],
        "api_list": ["/api/incidents?limit=100", "/api/incidents?limit=100&status=closed"],
        "export": [f"{newest}/incident.md", f"{newest}/incident.json", *(f"/incident/{n}/incident.md" for n in some)],
    }


def measure(report: Report) -> None:
    """Fill the database, ask for each page, and then for all of them for a long time."""
    with database() as url:
        with psycopg.connect(url) as connection, trusted(connection):
            fill(connection, SIZE)
        command = [sys.executable, "-m", "bench.fill", "search"]
        django = {"DJANGO_SETTINGS_MODULE": "response.project.settings"}
        subprocess.run(command, check=True, env=os.environ | environment(url) | django)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        wanted = addresses(SIZE)
        with pages(url) as served, httpx.Client(base_url=served.url, trust_env=False, timeout=60) as client:
            ours = token(url)
            client.headers["Authorization"] = f"Bearer {ours}"
            for name, paths in wanted.items():
                report.add(f"years.{name}_p95_ms", p95(each_in_turn(client, paths)), "ms")
            for name, count in queries(url, ours, wanted).items():
                report.add(f"years.{name}_queries", count, "queries")
            everything = [path for paths in wanted.values() for path in paths]
            ask_at_once(client, everything, WARM)
            before = resident_mb(served.pid)
            ask_at_once(client, everything, REQUESTS)
            report.add("years.memory_mb", before, "MB")
            report.add("years.memory_growth_mb", resident_mb(served.pid) - before, "MB")


def each_in_turn(client: httpx.Client, paths: list[str]) -> Callable[[], None]:
    """Return an act that asks for the next of these addresses."""
    turns = cycle(paths)
    return lambda: get(client, next(turns))


def ask_at_once(client: httpx.Client, paths: list[str], requests: int) -> None:
    """Have several readers ask at once."""
    with ThreadPoolExecutor(READERS) as readers:
        for _ in readers.map(lambda path: get(client, path), islice(cycle(paths), requests)):
            pass


def queries(database_url: str, token: str, wanted: dict[str, list[str]]) -> dict[str, int]:
    """Return how many queries each page takes; the most, when its addresses differ."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.counting"],
        input=json.dumps({"token": token, "pages": wanted}),
        env=os.environ | environment(database_url) | {"RESPONSE_LOGIN_REQUIRED": "false"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    measure(Report())
