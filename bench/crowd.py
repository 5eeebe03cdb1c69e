"""How the queue bears a crowd.

- `queue.fetch_ms_at_100k`: for a worker to take a job, the median, with 100,000 waiting, 10,000 of them behind one lane
  whose first job runs; and `queue.fetch_ms_at_1k` the same with a hundredth of it
- `growth.<table>_kb`: by how much each table has grown after 100,000 events, 2 % of them in incidents, once all
  is handled and what may be forgotten is
"""

import statistics
import time
from typing import Any

import psycopg

from bench import flow, stack
from bench.ack import database
from bench.company import install
from bench.load import message_event
from bench.report import Report
from bench.stack import Stack
from slack_sandbox.control import Sandbox

FETCHES = 50
EVENTS = 100_000
IN_INCIDENTS = 50  # one event in so many
SIZES = """
    SELECT relname, pg_total_relation_size(oid) / 1024 FROM pg_class
    WHERE relkind = 'r' AND relname ~ '^(response|procrastinate)_' ORDER BY relname
"""
Database = psycopg.Connection[tuple[Any, ...]]


def measure(report: Report) -> None:
    """Measure both."""
    with database() as url, psycopg.connect(url, autocommit=True) as connection:
        for name, blocked, free in (("1k", 100, 900), ("100k", 10_000, 90_000)):
            crowd(connection, blocked, free)
            report.add(f"queue.fetch_ms_at_{name}", fetch_ms(connection), "ms")
    with stack.prepared(SLACK_MESSAGE_SECONDS="0") as prepared, Sandbox(prepared.sandbox_url) as sandbox:
        company = install(sandbox, prepared)
        channels = [str(company.workspace.channel(f"bench-{n}", company.bo, company.bot).id) for n in range(20)]
        flow.fill(prepared, "incidents", *channels)
        for table, kilobytes in growth(prepared, channels).items():
            if kilobytes:
                report.add(f"growth.{table}_kb", kilobytes, "kB")


def crowd(connection: Database, blocked: int, free: int) -> None:
    """Have jobs wait: so many behind a lane that is busy, the others in a thousand lanes."""
    connection.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    connection.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    insert = "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, priority, status)"
    connection.execute(f"{insert} VALUES ('default', 'deliver', 'busy', 0, 'doing')")
    waiting = f"{insert} SELECT 'default', 'deliver', {{lane}}, 0, 'todo' FROM generate_series(1, %s) AS number"
    connection.execute(waiting.format(lane="'busy'"), [blocked])
    connection.execute(waiting.format(lane="'lane-' || number %% 1000"), [free])
    connection.execute("ANALYZE procrastinate_jobs")


def fetch_ms(connection: Database) -> float:
    """Take jobs as a worker does, and return the median time for one."""
    worker = connection.execute("SELECT id FROM procrastinate_workers").fetchone()
    assert worker is not None
    taken = []
    for _ in range(FETCHES):
        began = time.perf_counter()
        found = connection.execute("SELECT id FROM response_fetch_job(NULL, %s)", worker).fetchone()
        taken.append((time.perf_counter() - began) * 1000)
        if not found or found[0] is None:
            raise SystemExit("there was no job to take")
        connection.execute("DELETE FROM procrastinate_jobs WHERE id = %s", found)
    return statistics.median(taken)


def growth(prepared: Stack, channels: list[str]) -> dict[str, int]:
    """Send events, have them handled and forgotten; return how much larger each table is, in kilobytes."""
    with psycopg.connect(prepared.environ["DATABASE_URL"], autocommit=True) as connection:
        before = sizes(connection)
        with flow.web(prepared):
            events = (
                message_event(
                    f"message {n}", channel=channels[n % 20] if n % IN_INCIDENTS == 0 else "C0ELSEWHERE", user="UBO"
                )
                for n in range(EVENTS)
            )
            flow.send(prepared, list(events))
        flow.drained(prepared, flow.UNHANDLED, 1)
        flow.fill(prepared, "forget")
        connection.execute("VACUUM")
        return {table: size - before.get(table, 0) for table, size in sizes(connection).items()}


def sizes(connection: Database) -> dict[str, int]:
    """Return how large each of our tables is, with its indexes, in kilobytes."""
    return {str(row[0]): int(row[1]) for row in connection.execute(SIZES)}


if __name__ == "__main__":
    measure(Report())
