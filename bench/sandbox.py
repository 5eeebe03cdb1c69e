"""The sandbox: how quickly it is there, how many posts it takes, its memory, and how soon its chat shows much.

It runs as a process of its own, as `slack-sandbox` does. The posts come over eight connections, into one channel, from
an app that hears nothing; limits are off, as they are unless one asks for them.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from bench.live import browser
from bench.load import send_all
from bench.report import Report
from slack_sandbox.control import Sandbox, wait_for
from slack_sandbox.control_api.install import put_channel, put_message, put_person
from slack_sandbox.hub import Hub
from slack_sandbox.snapshot import pack

STARTS = 5
POSTS = 5000
CONNECTIONS = 8
CHANNELS = 1000
MESSAGES = 100_000
LONG = 10_000
"""At least so many of the messages are in one channel."""
OPENINGS = 5


@contextmanager
def running(*arguments: str) -> Iterator[tuple[Sandbox, int, float]]:
    """Run a sandbox. Yields it, its process id, and after how many seconds it answered."""
    command = [sys.executable, "-m", "slack_sandbox", "--port", "0", *arguments]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            with Sandbox(process.stdout.readline().split()[-1]) as sandbox:
                wait_for(sandbox.is_up, timeout=60, every=0.002)
                yield sandbox, process.pid, time.perf_counter() - began
        finally:
            process.terminate()


def start_ms() -> float:
    """From the command to the first answer."""
    taken = []
    for _ in range(STARTS):
        with running() as (_, _, seconds):
            taken.append(seconds * 1000)
    return statistics.median(taken)


def posts_per_s() -> float:
    """Calls of chat.postMessage, as many as it answers."""
    with running() as (sandbox, _, _):
        app = sandbox.app("Poster", events=[])
        channel = sandbox.channel("general", members=[app["bot_user"]])["id"]
        requests = [post(sandbox, app["bot_token"], channel, number) for number in range(POSTS)]
        result = asyncio.run(send_all(f"{sandbox.api_url}chat.postMessage", requests, CONNECTIONS))
        kept = len(sandbox.messages(channel))
    assert (result.refused, kept) == (0, POSTS), (result, kept)
    return result.per_s


def post(sandbox: Sandbox, token: str, channel: str, number: int) -> bytes:
    """A whole request, ready for the wire."""
    body = json.dumps({"channel": channel, "text": f"Message {number}: payments are failing again"}).encode()
    host = sandbox.url.removeprefix("http://")
    head = f"POST /api/chat.postMessage HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
    head += f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def write_state(file: Path) -> tuple[str, str]:
    """Keep a large workspace in a file. Returns the id of somebody, and that of a long channel they are in."""
    hub = Hub("http://127.0.0.1")
    lee = put_person(hub, {"name": "lee", "real_name": "Lee Leader"}).id
    channels = [put_channel(hub, {"name": f"channel-{n}", "members": [lee]}).id for n in range(CHANNELS)]
    others = (MESSAGES - LONG) // (CHANNELS - 1)
    for number, channel in enumerate(channels):
        for index in range(MESSAGES - others * (CHANNELS - 1) if number == 0 else others):
            text = f"Message {index}: payments are failing again, and the deploy is *rolled back*"
            put_message(hub, {"channel": channel, "user": lee, "text": text})
    file.write_text(json.dumps(pack(hub.workspace)))
    return lee, channels[0]


def memory_mb(pid: int) -> float:
    """What a process has in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def client_ms(chromium: Browser, sandbox: Sandbox, person: str, channel: str) -> float:
    """From opening the address of a channel to its newest message on the screen, in an empty browser."""
    newest = sandbox.messages(channel)[-1]["text"].partition(":")[0] + ":"
    taken = []
    for _ in range(OPENINGS):
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        began = time.perf_counter()
        page.goto(f"{sandbox.url}/#/as/{person}/{channel}")
        page.get_by_role("log").get_by_role("article").filter(has_text=newest).wait_for(timeout=60_000)
        taken.append((time.perf_counter() - began) * 1000)
        context.close()
    return statistics.median(taken)


def measure(report: Report) -> None:
    """Start it, post to it, fill it, and open a long channel of it."""
    report.add("sandbox.start_ms", start_ms(), "ms")
    report.add("sandbox.post_per_s", posts_per_s(), "1/s")
    with tempfile.TemporaryDirectory(prefix="response-bench-") as folder:
        state = Path(folder) / "state.json"
        person, channel = write_state(state)
        with running("--state", str(state)) as (sandbox, pid, _):
            report.add("sandbox.memory_mb", memory_mb(pid), "MB")
            with browser() as chromium:
                report.add("sandbox.client_ms", client_ms(chromium, sandbox, person, channel), "ms")


if __name__ == "__main__":
    measure(Report())
