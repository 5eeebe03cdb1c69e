"""Workers that are killed in the middle of things, with real processes: what they leave is finished by others, once."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench import stack
from bench.chaos.__main__ import judged, unfinished
from bench.company import Company, install
from bench.stack import Stack

from slack_sandbox.control import Sandbox
from slack_sandbox.testing import wait_for

CALLS = 9
"""How many calls of Slack follow from declaring and opening the channel; the worker is killed after each."""
PATIENCE = 120.0


class Worker:
    """A worker process that can be killed, and is there again at once."""

    def __init__(self, prepared: Stack) -> None:
        self.prepared = prepared
        self.stop = lambda: None
        self.start()

    def start(self) -> None:
        service = stack.service(self.prepared, "worker")
        self.process: subprocess.Popen[bytes] = service.__enter__()
        self.stop = lambda: service.__exit__(None, None, None) and None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.stop()
        self.start()


@contextmanager
def company_with_worker() -> Iterator[tuple[Company, Worker, Stack]]:
    with stack.prepared() as prepared, Sandbox(prepared.sandbox_url, timeout=60) as sandbox:
        company = install(sandbox, prepared)
        sandbox.settings(limits="slack")
        with stack.service(prepared, "web", "--bind", prepared.bind):
            stack.wait_for(prepared)
            worker = Worker(prepared)
            try:
                yield company, worker, prepared
            finally:
                worker.stop()


def declare(company: Company, number: int) -> None:
    """Report an incident with a lead and a channel."""
    company.rae.runs("/incident", f"Trouble {number}", company.general)
    assert company.rae.submits({"Lead": company.lee.id, "Channel": ["yes"]}) == {}


def calls_since(company: Company, since: int) -> int:
    """How many calls that write were carried out."""
    calls = company.sandbox.calls(since=since)
    return sum(1 for each in calls if each["done"] and each["method"].split(".")[-1] not in {"info", "test", "history"})


def test_a_worker_killed_between_any_two_calls_of_slack_leaves_one_of_everything() -> None:
    with company_with_worker() as (company, worker, prepared):
        declare(company, 0)  # the first finds out who is who
        wait_for(lambda: len(company.headlines()) == 1, timeout=PATIENCE)
        for number in range(1, CALLS + 1):
            since = company.sandbox.seq()
            declare(company, number)
            wait_for(lambda since=since, number=number: calls_since(company, since) >= number, timeout=PATIENCE)
            worker.kill()
        wait_for(lambda: unfinished(prepared) == 0, timeout=PATIENCE, every=0.5)
        found = judged(prepared)
    assert (found["lost"], found["doubled"], found["stuck"], found["stale"]) == (0, 0, 0, 0), found["findings"]


def test_a_dead_workers_job_is_taken_up_by_another_within_half_a_minute() -> None:
    with company_with_worker() as (company, worker, _):
        declare(company, 0)
        wait_for(lambda: len(company.headlines()) == 1, timeout=PATIENCE)
        company.sandbox.fault("latency", "chat.postMessage", ms=2500, times=1)
        since = company.sandbox.seq()
        with stack.service(worker.prepared, "worker"):
            declare(company, 1)
            wait_for(lambda: calls_since(company, since) or started(company), timeout=PATIENCE)
            began = time.monotonic()
            worker.process.kill()
            wait_for(lambda: len(company.headlines()) == 2, timeout=PATIENCE)
            assert time.monotonic() - began < 30


def started(company: Company) -> bool:
    """Whether the slow call is under way: its fault is used up."""
    return not company.sandbox.faults()
