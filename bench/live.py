"""How soon an open page shows what happens in Slack, and what many open pages cost those who wait for us.

- `live.delay_p95_ms`: from the moment when somebody's command is said in Slack to its entry in a real browser's window
- `live.ack_p99_ms` and `.ack_alone_p99_ms`: how long Slack waits for an acknowledgement, of 100 events a second, with
  200 pages of one incident open on the same web process, and with none. Their readers are signed in, by sessions of
  their own. Each page asks every second, and fetches what has changed; every two seconds something does.
  `live.ack_ratio` is the one by the other
- `live.polls_per_s`: how often the pages asked meanwhile; 200 is all that they want
"""

import asyncio
import contextlib
import os
import random
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from re import search

import httpx
import psycopg
from playwright.sync_api import Browser, sync_playwright
from tests.browser.chromium import ARGUMENTS, program

from bench import stack
from bench.ack import database, environment
from bench.ack_bare import load
from bench.company import Company, install, number_of, press
from bench.generate import Size, fill, trusted
from bench.load import Result
from bench.pages import pages, token
from bench.report import Report
from slack_sandbox.control import Sandbox

SAID = 40
READERS = 200
SIZE = Size(incidents=200, entries=4000, people=50, longest=500)
EVENTS, CONNECTIONS, TIMES = 1500, 4, 3
# Twelve times what Slack sends an app at most: 30,000 events an hour from a workspace.
EVENTS_PER_S = 100
CHANGES_EVERY = 2.0
PATIENCE_MS = 20_000


def measure(report: Report) -> None:
    """Take both figures."""
    report.add("live.delay_p95_ms", statistics.quantiles(delays(), n=20)[-1], "ms")
    with database() as url:
        with psycopg.connect(url) as connection, trusted(connection):
            fill(connection, SIZE)
        with pages(url) as served:
            slack = f"{served.url}/slack/event"
            load(slack, requests=500, connections=CONNECTIONS)
            alone = acknowledged(slack)
            with reading(served.url, token(url), sessions(url)) as readers:
                crowded = acknowledged(slack)
                asked = readers()
    report.add("live.ack_alone_p99_ms", alone.p99_ms, "ms")
    report.add("live.ack_p99_ms", crowded.p99_ms, "ms")
    report.add("live.ack_ratio", crowded.p99_ms / alone.p99_ms, "ratio")
    report.add("live.polls_per_s", asked, "1/s")


def acknowledged(slack: str) -> Result:
    """Send events at their pace, three times, and return the middle: a disk that stops for a moment is not meant."""
    times = [load(slack, requests=EVENTS, connections=CONNECTIONS, per_second=EVENTS_PER_S) for _ in range(TIMES)]
    if refused := sum(each.refused for each in times):
        raise SystemExit(f"{refused} events were refused")
    return sorted(times, key=lambda each: each.p99_ms)[TIMES // 2]


def sessions(database_url: str) -> list[str]:
    """Have everybody signed in. Returns the keys of the sessions."""
    command = [sys.executable, "-m", "bench.fill", "sessions", str(READERS)]
    django = {"DJANGO_SETTINGS_MODULE": "response.project.settings"}
    environ = os.environ | environment(database_url) | django
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environ).stdout.split()


def delays() -> list[float]:
    """Return how many milliseconds each entry took to the window."""
    with stack.running() as running, Sandbox(running.sandbox_url) as sandbox, browser() as chromium:
        company = install(sandbox, running)
        channel, address = declared(company)
        page = chromium.new_page()
        page.goto(f"{running.web_url}/accounts/login/")
        page.get_by_role("button", name="Lee").click()
        page.goto(running.web_url + address)
        taken = []
        for number in range(SAID):
            began = time.perf_counter()
            company.bo.says(channel, f"<@{company.bot}> timeline entry {number}.")
            page.get_by_text(f"entry {number}.").wait_for(timeout=PATIENCE_MS)
            taken.append((time.perf_counter() - began) * 1000)
            time.sleep(random.random())
        return taken


def declared(company: Company) -> tuple[str, str]:
    """Declare an incident with a channel. Returns the channel's id, and the path of the document."""
    company.rae.runs("/incident", "Payments are failing", company.general)
    company.rae.submits({"Lead": company.lee.id})
    post = company.workspace.wait_for(lambda: next(iter(company.headlines()), None))
    press(company.bo, "Create Comms Channel", post)
    number = number_of(post)
    room = company.workspace.wait_for(lambda: made(company, number))
    return room, f"/incident/{number}/"


def made(company: Company, number: int) -> str | None:
    """Return the id of the incident's channel once Bo is in it."""
    found = (each for each in company.sandbox.channels() if each["name"] == f"inc-{100 + number}")
    return next((str(each["id"]) for each in found if company.bo.id in each["members"]), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A real one."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def reading(url: str, api_token: str, session_keys: list[str]) -> Iterator["Readers"]:
    """Have 200 pages open for the block, in a process of their own, and something happen all the while."""
    command = [sys.executable, "-m", "bench.live", url, api_token, *session_keys]
    with subprocess.Popen(command, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()  # all are open
        yield Readers(process)


class Readers:
    """The process in which the pages are open."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def __call__(self) -> float:
        """Close the pages. Returns how often a second they asked."""
        said, _ = self.process.communicate("stop\n", timeout=30)
        return float(said)


async def read(url: str, api_token: str, *session_keys: str) -> None:
    """Open the pages, say so, keep them current until there is a line of input, and print how often they asked."""
    async with contextlib.AsyncExitStack() as stack:
        # A client for each: httpx looks at all connections of a client with each request, and then measures itself.
        trusted = ssl.create_default_context()
        clients = [
            await stack.enter_async_context(
                httpx.AsyncClient(base_url=url, trust_env=False, verify=trusted, timeout=30)
            )
            for _ in range(READERS + 1)
        ]
        for client, session_key in zip(clients[1:], session_keys, strict=True):
            client.cookies.set("sessionid", session_key)
        path = f"/incident/{SIZE.incidents}/"
        shown = (await clients[0].get(path)).raise_for_status().text
        live, part, version = (attribute(shown, name) for name in ("live", "part", "version"))
        asked: list[float] = []
        change = asyncio.create_task(keep_changing(clients[0], api_token))
        open_pages = [
            asyncio.create_task(keep_current(client, live, path + part, f'"{version}"', asked))
            for client in clients[1:]
        ]
        await asyncio.sleep(2)
        print("open", flush=True)
        began = time.perf_counter()
        await asyncio.to_thread(sys.stdin.readline)
        seconds = time.perf_counter() - began
        for task in (*open_pages, change):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        print(len([moment for moment in asked if moment >= began]) / seconds, flush=True)


async def keep_current(client: httpx.AsyncClient, live: str, part: str, tag: str, asked: list[float]) -> None:
    """Do what a page does: ask every second, and fetch what has changed."""
    while True:
        await asyncio.sleep(0.9 + random.random() * 0.2)
        answer = await client.get(live, headers={"If-None-Match": tag})
        asked.append(time.perf_counter())
        if answer.status_code != httpx.codes.NOT_MODIFIED:
            answer.raise_for_status()
            fetched = await client.get(part, headers={"HX-Request": "true"})
            tag = fetched.raise_for_status().headers["ETag"]


async def keep_changing(client: httpx.AsyncClient, api_token: str) -> None:
    """Write something on the timeline from time to time."""
    while True:
        await asyncio.sleep(CHANGES_EVERY)
        answer = await client.post(
            f"/api/incidents/{SIZE.incidents}/timeline",
            json={"text": "Something happens"},
            headers={"Authorization": f"Bearer {api_token}"},
        )
        answer.raise_for_status()


def attribute(page: str, name: str) -> str:
    """Return what a page's body says in an attribute. Raises LookupError when it has none."""
    found = search(f'data-{name}="([^"]*)"', page)
    if found is None:
        raise LookupError(f"the page has no data-{name}")
    return found[1].replace("&amp;", "&")


if __name__ == "__main__":
    if sys.argv[1:]:
        asyncio.run(read(*sys.argv[1:]))
    else:
        measure(Report())
