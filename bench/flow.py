"""How fast what is stored flows: out to Slack, and in to the handlers. Slack is the sandbox, without any delay.

- `delivery.per_s.1` and `.2`: posts that reach Slack in a second, with one and two workers; `delivery.scaling` is
  their ratio. The pace of a message a second in a channel is switched off; the posts of 20 incidents wait when the
  workers start
- `delivery.wakeup_p95_ms`: from the end of the transaction that asked to the arrival of the call at Slack, one at a
  time
- `inbox.drain_per_s`: messages in the channels of incidents that are handled in a second by one worker, each with its
  two built-in handlers; they wait when it starts
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg

from bench import stack
from bench.company import Company, install
from bench.load import message_event, send_all, signed_request
from bench.report import Report
from bench.stack import Stack
from slack_sandbox.control import Sandbox

CHANNELS = 20
POSTS = 1000
MESSAGES = 3000
WAKEUPS = 60
PATIENCE = 120.0
UNSENT = "SELECT count(*) FROM response_delivery WHERE state <> 'sent'"
UNHANDLED = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
LEFT = {"deliveries": UNSENT, "jobs": UNHANDLED}


def measure(report: Report) -> None:
    """Fill, start workers, and take the time until nothing is left."""
    with stack.prepared(SLACK_MESSAGE_SECONDS="0") as prepared, Sandbox(prepared.sandbox_url) as sandbox:
        company = install(sandbox, prepared)
        channels = [str(company.workspace.channel(f"bench-{n}", company.bo, company.bot).id) for n in range(CHANNELS)]
        fill(prepared, "incidents", *channels)
        per_s = {}
        for workers in (1, 2):
            fill(prepared, "posts", str(POSTS))
            per_s[workers] = POSTS / drained(prepared, UNSENT, workers)
            report.add(f"delivery.per_s.{workers}", per_s[workers], "deliveries/s")
        report.add("delivery.scaling", per_s[2] / per_s[1], "ratio")
        report.add("delivery.wakeup_p95_ms", statistics.quantiles(wakeups(prepared, company), n=20)[-1], "ms")
        with web(prepared):
            send_messages(prepared, channels)
        report.add("inbox.drain_per_s", MESSAGES / drained(prepared, UNHANDLED, 1), "events/s")


def send_messages(prepared: Stack, channels: list[str]) -> None:
    """Have people say something in the channels, round them."""
    send(prepared, [message_event(f"message {n}", channel=channels[n % CHANNELS], user="UBO") for n in range(MESSAGES)])


def send(prepared: Stack, events: list[bytes]) -> None:
    """Send the events as Slack would."""
    url, secret = f"{prepared.web_url}/slack/event", prepared.signing_secret
    result = asyncio.run(send_all(url, [signed_request(url, event, secret) for event in events], connections=8))
    if result.refused:
        raise SystemExit(f"{result.refused} events were refused:\n{prepared.said()}")


def fill(prepared: Stack, *arguments: str) -> None:
    """Have something in the database."""
    command = [sys.executable, "-m", "bench.fill", *arguments]
    subprocess.run(command, check=True, env=os.environ | prepared.environ | DJANGO)


DJANGO = {"DJANGO_SETTINGS_MODULE": "response.project.settings"}


@contextmanager
def web(prepared: Stack) -> Iterator[None]:
    """The web process alone."""
    with stack.service(prepared, "web", "--bind", prepared.bind):
        stack.wait_for(prepared)
        yield


def drained(prepared: Stack, left: str, workers: int) -> float:
    """Start workers; return the seconds from the first thing that is done until nothing is left."""
    with psycopg.connect(prepared.environ["DATABASE_URL"], autocommit=True) as database, ExitStack() as running:
        before = count(database, left)
        for _ in range(workers):
            running.enter_context(stack.service(prepared, "worker"))
        wait(lambda: count(database, left) < before, "a worker to begin", every=0.005)
        began = time.monotonic()
        wait(lambda: count(database, left) == 0, "everything to be done", every=0.02)
        return time.monotonic() - began


def count(database: "psycopg.Connection[tuple[int]]", query: str) -> int:
    """Return how much is left."""
    row = database.execute(query).fetchone()
    return row[0] if row else 0


def wait(holds: Callable[[], bool], what: str, *, every: float) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise SystemExit(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(every)


def wakeups(prepared: Stack, company: Company) -> list[float]:
    """Ask for one post after the other, and return how long each took to reach Slack, in milliseconds."""
    command = [sys.executable, "-m", "bench.fill", "wait"]
    found = []
    with (
        stack.service(prepared, "worker"),
        subprocess.Popen(
            command,
            env=os.environ | prepared.environ | DJANGO,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as asking,
    ):
        assert asking.stdin is not None
        assert asking.stdout is not None
        for _ in range(WAKEUPS + 1):
            since = company.sandbox.seq()
            asking.stdin.write("\n")
            asking.stdin.flush()
            stored = float(asking.stdout.readline())
            call = first_post(company, since)
            found.append((call - stored) * 1000)
            time.sleep(0.02)
        asking.stdin.close()
    return found[1:]  # the first waits for the worker to start


def first_post(company: Company, since: int) -> float:
    """Return when the post arrived."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for entry in company.sandbox.journal(since, wait=1):
            if entry["kind"] == "api" and entry["method"] == "chat.postMessage":
                return float(entry["time"])
    raise SystemExit("no post reached Slack")


if __name__ == "__main__":
    measure(Report())
